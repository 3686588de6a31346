import type { EventRaised } from '../history/events.ts';
import type { Execution } from './execution.ts';
import { openTask, settle, settledTask, succeeded, type Task } from './task.ts';

/**
 * External events. Names are compared without regard to case; waiters form a stack (the latest is served first),
 * events nobody waits for a queue. Source: the extension's DurableOrchestrationContext.
 */
export const waitForEvent = (execution: Execution, name: string): Task => {
  const key = name.toLowerCase();
  const queue = execution.buffered.get(key);
  if (queue !== undefined && queue.length > 0) return settledTask(succeeded(queue.shift() ?? null));
  const task = openTask();
  const stack = execution.waits.get(key);
  if (stack === undefined) execution.waits.set(key, [task]);
  else stack.push(task);
  return task;
};

const deliver = (execution: Execution, { name, input }: EventRaised): void => {
  const key = name.toLowerCase();
  const waiter = execution.waits.get(key)?.pop();
  if (waiter !== undefined) {
    settle(waiter, succeeded(input));
    return;
  }
  const queue = execution.buffered.get(key);
  if (queue === undefined) execution.buffered.set(key, [input]);
  else queue.push(input);
};

/** An event after the orchestration asked to continue as new belongs to the next execution. */
export const raiseEvent = (execution: Execution, event: EventRaised): void => {
  if (execution.continueWith === undefined) deliver(execution, event);
  else execution.carryOver.push(event);
};
