import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { nudgeWith } from '../shared/job/nudge.ts';
import type { SystemJob } from '../shared/job/systemJob.ts';
import {
  operationStep,
  type OperationStepInput,
  type OperationStepOutcome,
} from '../shared/operation/operationStep.ts';
import { UnreadableOperation } from '../shared/operation/unreadableOperation.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { now, sleep } from '../shared/platform/clock.ts';
import {
  jobDeleted,
  nudgeFailed,
  operationStepFailed,
  operationUnreadable,
  operationWritten,
} from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { names } from './durable/names.ts';

/**
 * Does the next bounded piece of work of a bulk operation and records it.
 *
 * @throws Error while the app is configured wrongly or its storage is out of reach; the workflow then waits and asks
 *   again.
 */
const handler = async (
  input: OperationStepInput,
  context: InvocationContext,
): Promise<OperationStepOutcome> => {
  if (bridgeState.kind === 'faulty') throw new Error(`Faulty configuration: ${bridgeState.faults.join(' ')}`);
  const { store, operations } = bridgeState.bridge;
  const starter = jobStarter(context);
  const wakeFailed = (jobId: string, error: unknown): void => nudgeFailed(context, jobId, error);
  const nudge = nudgeWith(starter, (job, error) => wakeFailed(job.id, error));
  const deleted = (job: SystemJob, by: string): void => jobDeleted(context, job, by);
  const written = (operation: Parameters<typeof operationWritten>[1]): void =>
    operationWritten(context, operation);
  try {
    return await operationStep({
      operations,
      jobs: store,
      nudge,
      starter,
      wakeFailed,
      deleted,
      written,
      now,
      sleep,
    })(input);
  } catch (error) {
    if (error instanceof UnreadableOperation) operationUnreadable(context, error);
    else operationStepFailed(context, input.operationId, input.faults, error);
    throw error;
  }
};

df.app.activity(names.operationStepActivity, { extraInputs: [clientInput], handler });
