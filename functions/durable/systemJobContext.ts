import type { OrchestrationContext, Task } from 'durable-functions';
import type { PostOutcome } from '../../shared/job/postOutcome.ts';
import type { SystemJobContext, SystemJobInput } from '../../shared/job/workflow.ts';
import { names } from './names.ts';

/** Shows the engine's context to the workflow as the few things it may touch. */
export const systemJobContext = ({ df }: OrchestrationContext): SystemJobContext<Task> => ({
  jobId: df.instanceId,
  input: df.getInput<SystemJobInput>(),
  now: () => df.currentUtcDateTime,
  *post(input) {
    return (yield df.callActivity(names.postMessageActivity, input)) as PostOutcome;
  },
  *waitUntilOrWoken(dueOn) {
    const timer = df.createTimer(dueOn);
    const first = yield df.Task.any([timer, df.waitForExternalEvent(names.wake)]);
    // A timer that is left alone would keep the instance running until it fires.
    if (first !== timer) timer.cancel();
  },
  continueAsNew: (input) => df.continueAsNew(input),
});
