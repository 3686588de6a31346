import type { FailureDetails } from '../history/events.ts';

/**
 * The outcome of something an orchestration waits for. `value` is JSON text. A failure carries what a parent or a
 * status shows of it.
 */
export type Outcome =
  | { readonly ok: true; readonly value: string | null }
  | {
      readonly ok: false;
      readonly reason: string | null;
      readonly details: string | null;
      readonly failureDetails?: FailureDetails;
    };

/**
 * A task that continues its waiters at once, inside the call that settles it: DurableTask.Core runs orchestrations
 * on a scheduler that works the same way, and the order of continuations decides the sequence numbers.
 */
export interface Task {
  outcome: Outcome | undefined;
  readonly waiters: (() => void)[];
}

/** Code that waits: it yields a task and is resumed with its outcome. */
export type Coroutine = Generator<Task, Outcome, Outcome>;

export const openTask = (): Task => ({ outcome: undefined, waiters: [] });

export const succeeded = (value: string | null): Outcome => ({ ok: true, value });

export const failed = (reason: string | null, details: string | null = null): Outcome => ({
  ok: false,
  reason,
  details,
});

export const settledTask = (outcome: Outcome): Task => ({ outcome, waiters: [] });

/** Settles a task; a second time has no effect. */
export const settle = (task: Task, outcome: Outcome): void => {
  if (task.outcome !== undefined) return;
  task.outcome = outcome;
  for (const waiter of task.waiters.splice(0)) waiter();
};

const advance = (body: Coroutine, task: Task, resumeWith: Outcome | undefined): void => {
  let step = resumeWith === undefined ? body.next(succeeded(null)) : body.next(resumeWith);
  while (step.done !== true) {
    const awaited = step.value;
    if (awaited.outcome === undefined) {
      awaited.waiters.push(() => advance(body, task, awaited.outcome));
      return;
    }
    step = body.next(awaited.outcome);
  }
  settle(task, step.value);
};

/** Starts a coroutine at once; the task settles with what it returns. */
export const start = (body: Coroutine): Task => {
  const task = openTask();
  advance(body, task, undefined);
  return task;
};

/** Settles with the first of the tasks that does. */
export const whenAny = (tasks: readonly Task[]): Task => {
  const first = tasks.find((task) => task.outcome !== undefined);
  if (first?.outcome !== undefined) return settledTask(first.outcome);
  const any = openTask();
  for (const task of tasks) task.waiters.push(() => settle(any, task.outcome ?? succeeded(null)));
  return any;
};

/** Settles when all tasks have, well or badly. */
export const whenAll = (tasks: readonly Task[]): Task => {
  const all = openTask();
  let open = tasks.filter((task) => task.outcome === undefined).length;
  if (open === 0) return settledTask(succeeded(null));
  const countDown = (): void => {
    open -= 1;
    if (open === 0) settle(all, succeeded(null));
  };
  for (const task of tasks) if (task.outcome === undefined) task.waiters.push(countDown);
  return all;
};
