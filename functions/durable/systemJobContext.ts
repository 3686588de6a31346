import type { OrchestrationContext, Task } from 'durable-functions';
import type { PostOutcome } from '../../shared/job/postOutcome.ts';
import type { SystemJobContext, SystemJobInput } from '../../shared/job/workflow.ts';
import { names } from './names.ts';
import { waitUntilOrWoken } from './waiting.ts';

/** Shows the engine's context to the workflow as the few things it may touch. */
export const systemJobContext = ({ df }: OrchestrationContext): SystemJobContext<Task> => ({
  jobId: df.instanceId,
  input: df.getInput<SystemJobInput>(),
  now: () => df.currentUtcDateTime,
  *post(input) {
    return (yield df.callActivity(names.postMessageActivity, input)) as PostOutcome;
  },
  waitUntilOrWoken: (dueOn) => waitUntilOrWoken(df, dueOn),
  continueAsNew: (input) => df.continueAsNew(input),
});
