import type { InvocationContext } from '@azure/functions';
import type { WorkflowStarter } from '../../shared/job/nudge.ts';
import type { SystemJobInput } from '../../shared/job/workflow.ts';
import { durableClient } from './client.ts';
import { startInstance, wakeInstance } from './instances.ts';
import { names } from './names.ts';

/** The Durable client as the app uses it. The job's id is the instance's id. */
export const jobStarter = (context: InvocationContext): WorkflowStarter => ({
  start: async (instanceId, attempt) => {
    const input: SystemJobInput = { attempt, faults: 0 };
    return startInstance(durableClient(context), names.systemJobOrchestrator, instanceId, input);
  },
  wake: async (instanceId) => wakeInstance(durableClient(context), instanceId),
});
