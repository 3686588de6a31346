import { LONGEST_TIMEOUT_MS } from '../../clock.ts';
import type { NewTimer } from '../../store/records.ts';
import type { EngineDeps } from './deps.ts';
import { timerQueue, type Due } from './timerQueue.ts';

/** Fires durable timers when they are due by the engine's clock. */
export interface TimerService {
  add(id: string, timer: NewTimer): void;
  /** When the next timer that still matters is due. */
  readonly nextMs: () => number | undefined;
  readonly clockMoved: () => void;
  stop(): void;
}

export const timerService = (deps: EngineDeps, wake: (id: string) => void): TimerService => {
  const { store, clock, counts } = deps;
  const queue = timerQueue();
  let timeout: NodeJS.Timeout | undefined;
  let timeoutForMs = Infinity;
  let stopped = false;

  const timerOf = ({ id, executionId, timerId }: Due): NewTimer | undefined => {
    const instance = store.state.instances.get(id);
    return instance?.started.executionId === executionId ? instance.timers.get(timerId) : undefined;
  };

  /** A fired timer is a message in memory only: until a turn has taken it, the stored timer fires again. */
  const fire = (due: Due): void => {
    const timer = timerOf(due);
    const instance = store.state.instances.get(due.id);
    if (timer === undefined || instance === undefined) return;
    const { timerId, fireAt, createdAt } = timer;
    counts.timersFired += 1;
    instance.inbox.push({
      number: -1,
      timerId,
      executionId: due.executionId,
      event: { type: 'TimerFired', at: createdAt, timerId, fireAt },
    });
    wake(due.id);
  };

  const fireDue = (): void => {
    const now = clock.now();
    for (let due = queue.peek(); due !== undefined && due.dueMs <= now; due = queue.peek()) {
      queue.take();
      fire(due);
    }
  };

  const arm = (): void => {
    const next = queue.peek();
    if (stopped || next === undefined || (timeout !== undefined && next.dueMs >= timeoutForMs)) return;
    clearTimeout(timeout);
    timeoutForMs = next.dueMs;
    timeout = setTimeout(elapsed, Math.min(Math.max(0, next.dueMs - clock.now()), LONGEST_TIMEOUT_MS));
  };

  const elapsed = (): void => {
    timeout = undefined;
    fireDue();
    arm();
  };

  const nextMs = (): number | undefined => {
    let due = queue.peek();
    while (due !== undefined && timerOf(due) === undefined) {
      queue.take();
      due = queue.peek();
    }
    return due?.dueMs;
  };

  return {
    add: (id, { timerId, dueMs }) => {
      const executionId = store.state.instances.get(id)?.started.executionId;
      if (executionId === undefined) return;
      queue.add({ id, executionId, timerId, dueMs });
      arm();
    },
    nextMs,
    clockMoved: () => {
      clearTimeout(timeout);
      elapsed();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timeout);
    },
  };
};
