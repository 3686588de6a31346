import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { WorkflowStarter } from '../../shared/job/nudge.ts';
import type { SystemJobInput } from '../../shared/job/workflow.ts';
import { within } from '../../shared/platform/clock.ts';
import { names } from './names.ts';

/** The extension refuses a second start with 409; the SDK tells the status in the message only. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('unexpected status code: 409');

/**
 * Longest wait for the engine. The SDK's client has no limit of its own, and Dataverse waits behind it; what was stored
 * and not started is the sweeper's.
 */
const longestWaitMs = 5000;

/** The Durable client as the app uses it. The job's id is the instance's id. */
export const jobStarter = (context: InvocationContext): WorkflowStarter => {
  const client = df.getClient(context);
  return {
    start: async (instanceId, attempt) => {
      const input: SystemJobInput = { attempt, faults: 0 };
      try {
        const started = client.startNew(names.systemJobOrchestrator, { instanceId, input });
        await within(longestWaitMs, 'Starting the instance', started);
        return 'started';
      } catch (error) {
        if (isConflict(error)) return 'running';
        throw error;
      }
    },
    wake: (instanceId) =>
      within(longestWaitMs, 'Waking the instance', client.raiseEvent(instanceId, names.wake, {})),
  };
};
