import { setTimeout as delay } from 'node:timers/promises';
import { createLatency } from '../../chaos/latency.ts';
import type { Effects } from '../../store/apply.ts';
import type { HubRecord, PendingTask } from '../../store/records.ts';
import { runActivity, type Ended } from './activities.ts';
import type { EngineDeps } from './deps.ts';
import { limitedQueue, type LimitedQueue } from './limitedQueue.ts';
import { timerService } from './timerService.ts';
import { turnService } from './turnService.ts';

/** The part of the Durable extension that makes orchestrations go on. */
export interface Engine {
  /** Stores a record and starts what follows from it. */
  commit(record: HubRecord): Promise<Effects>;
  /** Goes on with everything the store held at the start. */
  resume(): void;
  /** Turns, activities and records under way: nothing to do but wait for time or the outside when 0. */
  readonly busy: number;
  /** When the next timer is due, in milliseconds of the engine's clock; undefined when none is. */
  nextTimerMs(): number | undefined;
  /** Tells timers that the clock was moved. */
  clockMoved(): void;
  /** Called after something that may have been the last of `busy`. */
  onQuiet(listener: () => void): void;
  /** Resolves when the instance has ended or is gone, or after `timeoutMs` of real time. */
  waitForEnd(id: string, timeoutMs: number): Promise<void>;
  /** Starts nothing new and waits for what runs, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Those who wait for an instance to end. */
const endings = () => {
  const waiting = new Map<string, Set<() => void>>();
  return {
    ended: (id: string): void => {
      for (const resolve of waiting.get(id) ?? []) resolve();
      waiting.delete(id);
    },
    wait: async (id: string, timeoutMs: number): Promise<void> => {
      const waiters = waiting.get(id) ?? new Set();
      waiting.set(id, waiters);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        waiters.add(resolve);
        timer = setTimeout(() => {
          waiters.delete(resolve);
          resolve();
        }, timeoutMs);
      });
      clearTimeout(timer);
    },
  };
};

const occurrenceOf = ({ instanceId, name }: PendingTask) => ({ instanceId, function: name });

/** Runs an activity, possibly twice, and gives back what to report, in the order it ended. */
const runAsOftenAsAsked = async (deps: EngineDeps, task: PendingTask): Promise<(Ended | undefined)[]> => {
  const twice = deps.chaos.runsTwice(occurrenceOf(task));
  if (twice === 'concurrently') return Promise.all([runActivity(deps, task), runActivity(deps, task)]);
  const first = await runActivity(deps, task);
  return twice === 'again' ? [first, await runActivity(deps, task)] : [first];
};

export const createEngine = (deps: EngineDeps): Engine => {
  const { store, chaos, settings, counts } = deps;
  const ends = endings();
  const latency = createLatency(chaos);
  let committing = 0;
  let quietListener: () => void = () => undefined;

  const startEffects = (effects: Effects): void => {
    for (const task of effects.tasks) latency.pass(() => activities.push(task));
    for (const { id, timer } of effects.timers) timers.add(id, timer);
    for (const id of effects.woken) turns.wake(id);
    if (effects.finished !== undefined) {
      counts.finished += 1;
      ends.ended(effects.finished);
    }
    for (const id of effects.droppedStarts) {
      deps.log(
        'warning',
        'Host.Triggers.DurableTask',
        `Instance ${id} exists: a second start of it was dropped.`,
      );
    }
  };

  const commit = async (record: HubRecord): Promise<Effects> => {
    committing += 1;
    try {
      const effects = await store.commit(record);
      if (record.k === 'turn') counts.childStarts += record.starts.length;
      startEffects(effects);
      return effects;
    } finally {
      committing -= 1;
      quietListener();
    }
  };

  const report = async (task: PendingTask, event: Ended): Promise<void> => {
    const { key, instanceId, executionId } = task;
    await commit({ k: 'done', key, id: instanceId, executionId, event });
    chaos.deathPoint('activity:after-commit', occurrenceOf(task));
  };

  const perform = async (task: PendingTask): Promise<void> => {
    chaos.deathPoint('activity:before-run', occurrenceOf(task));
    const ended = await runAsOftenAsAsked(deps, task);
    chaos.deathPoint('activity:after-run', occurrenceOf(task));
    await chaos.resultMayPass();
    const known = ended.filter((event) => event !== undefined);
    if (known.length === 0) activities.push(task);
    for (const event of known) await report(task, event);
  };

  const activities: LimitedQueue<PendingTask> = limitedQueue(
    settings.maxConcurrentActivityFunctions,
    perform,
    () => quietListener(),
  );
  const turns = turnService(deps, commit, latency, () => quietListener());
  const timers = timerService(deps, (id) => turns.wake(id));

  const busy = (): number => committing + latency.held + turns.busy + activities.size;

  const resume = (): void => {
    for (const task of store.state.tasks.values()) activities.push(task);
    for (const instance of store.state.instances.values()) {
      for (const timer of instance.timers.values()) timers.add(instance.id, timer);
      if (instance.inbox.length > 0) turns.wake(instance.id);
    }
  };

  return {
    commit,
    resume,
    get busy() {
      return busy();
    },
    nextTimerMs: timers.nextMs,
    clockMoved: timers.clockMoved,
    onQuiet: (listener) => {
      quietListener = listener;
    },
    waitForEnd: ends.wait,
    stop: async (graceMs) => {
      activities.stop();
      turns.stop();
      timers.stop();
      const deadline = performance.now() + graceMs;
      while (busy() > 0 && performance.now() < deadline) await delay(5);
    },
  };
};
