import type { OrchestrationContext, Task } from 'durable-functions';
import { names } from './names.ts';

/** Waits for the time, or for somebody who says "look again", whichever is first. */
export function* waitUntilOrWoken(
  df: OrchestrationContext['df'],
  dueOn: Date,
): Generator<Task, void, unknown> {
  const timer = df.createTimer(dueOn);
  const first = yield df.Task.any([timer, df.waitForExternalEvent(names.wake)]);
  // A timer that is left alone would keep the instance running until it fires.
  if (first !== timer) timer.cancel();
}
