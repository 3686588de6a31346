import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { WorkflowStarter } from '../../shared/job/nudge.ts';
import type { SystemJobInput } from '../../shared/job/workflow.ts';
import { within } from '../../shared/platform/clock.ts';
import { isConflict, longestWaitMs } from './engineCalls.ts';
import { names } from './names.ts';

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
