import type { OrchestrationContext, Task } from 'durable-functions';
import type { Waited } from '../../shared/workflow/waited.ts';
import { names } from './names.ts';

/** Waits for the time, or for somebody who says "look again", whichever is first. */
export function* waitUntilOrWoken(
  df: OrchestrationContext['df'],
  dueOn: Date,
): Generator<Task, Waited, unknown> {
  const timer = df.createTimer(dueOn);
  const first = yield df.Task.any([timer, df.waitForExternalEvent(names.wake)]);
  if (first === timer) return 'due';
  // A timer that is left alone would keep the instance running until it fires.
  timer.cancel();
  return 'woken';
}
