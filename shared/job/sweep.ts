import { timeOfJobId } from './jobId.ts';
import type { Nudge } from './nudge.ts';
import { leavesSweep, sweepEndMs, sweepGraceMs, sweepStretches, type SweepWindow } from './sweepWindow.ts';
import type { StoredJob, SystemJob } from './systemJob.ts';
import type { ReportUnreadable } from './unreadableJob.ts';

/** What sweeping needs of the store. */
export interface SweepStore {
  /** End of the last stretch swept, in milliseconds since 1970; undefined before the first sweep. */
  readSweptUntil(): Promise<number | undefined>;
  writeSweptUntil(ms: number): Promise<void>;
  /** Jobs by id time in the window that wait for resources since before `createdBefore` and are not indexed. */
  listUnstarted(
    window: SweepWindow,
    createdBefore: Date,
    unreadable: ReportUnreadable,
  ): AsyncIterable<StoredJob>;
  /**
   * Jobs in the attention index that should be moving: to be run, paused or canceled and not written since
   * `modifiedBefore`, or waiting for a time before `dueBefore`. Begins at another place each time, so that a sweep
   * that runs out of time does not leave the same jobs every time.
   */
  listOverdue(modifiedBefore: Date, dueBefore: Date, unreadable: ReportUnreadable): AsyncIterable<SystemJob>;
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface SweepDependencies {
  readonly store: SweepStore;
  readonly nudge: Nudge;
  /** For jobs that were never started. */
  readonly start: Nudge;
  readonly unreadable: ReportUnreadable;
  readonly now: () => Date;
}

export interface SweepResult {
  readonly unstarted: number;
  readonly overdue: number;
  /** How far it came with the jobs that were never started; undefined when the very first stretch was not done. */
  readonly sweptUntilMs: number | undefined;
  /** False when time ran out; the next sweep goes on. */
  readonly finished: boolean;
}

/** A waiting job this much past its time has lost its workflow, or its workflow is far behind. */
const overdueMs = 2 * 60_000;

/** A job that was not started for this long is shown as needing attention, and is nudged from there. */
const unstartedMs = 5 * 60_000;

/** Longest that each of the two parts of a sweep takes; together they stay below `functionTimeout` of host.json. */
const budgetMs = 2 * 60_000;

/** Nudges under way at once. */
const breadth = 16;

interface Walk {
  readonly count: number;
  /** False when time ran out. */
  readonly finished: boolean;
}

/** Works on some items at once. One that fails does not stop the others; its error is thrown when all have ended. */
const forEach = async <Item>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<unknown>,
  isLate: () => boolean,
): Promise<Walk> => {
  const underWay = new Set<Promise<unknown>>();
  const failed: Promise<unknown>[] = [];
  let count = 0;
  let finished = true;
  try {
    for await (const item of items) {
      finished = !isLate();
      if (!finished) break;
      count += 1;
      const working = work(item);
      // Caught here and now: while the loop waits for its next page, nobody looks at what is under way.
      const ended = working.catch(() => failed.push(working)).finally(() => underWay.delete(ended));
      underWay.add(ended);
      if (underWay.size >= breadth) await Promise.race(underWay);
    }
  } finally {
    await Promise.all(underWay);
  }
  await failed[0];
  return { count, finished };
};

const lateAfter = ({ now }: SweepDependencies): (() => boolean) => {
  const endMs = now().getTime() + budgetMs;
  return () => now().getTime() > endMs;
};

const nudgeOverdue = (deps: SweepDependencies, untouchedSince: Date, dueBefore: Date): Promise<Walk> =>
  forEach(deps.store.listOverdue(untouchedSince, dueBefore, deps.unreadable), deps.nudge, lateAfter(deps));

/**
 * A job that stays unstarted is soon no longer looked for by its time. That its start was accepted says little: the
 * instance may be lost (another hub name, purged). So the index takes it over, and first, lest the new instance and we
 * write the row at once.
 */
const startOrIndex =
  ({ store, start }: SweepDependencies, nowMs: number) =>
  async (stored: StoredJob): Promise<void> => {
    const { job } = stored;
    const indexed = (): Promise<unknown> => store.update(stored, { ...job, attention: true });
    const isOld = nowMs - job.createdOn.getTime() > unstartedMs || leavesSweep(timeOfJobId(job.id), nowMs);
    if (isOld) await indexed();
    const started = await start(job);
    if (!started && !isOld) await indexed();
  };

/** Stretch by stretch; the bookmark moves when all of a stretch was looked at, so it never passes what was not. */
const startUnstarted = async (
  deps: SweepDependencies,
  nowMs: number,
): Promise<Omit<SweepResult, 'overdue'>> => {
  const { store, unreadable } = deps;
  const createdBefore = new Date(nowMs - sweepGraceMs);
  const isLate = lateAfter(deps);
  let sweptUntilMs = await store.readSweptUntil();
  let unstarted = 0;
  for (const stretch of sweepStretches(sweptUntilMs, nowMs)) {
    const found = store.listUnstarted(stretch, createdBefore, unreadable);
    const walk = await forEach(found, startOrIndex(deps, nowMs), isLate);
    unstarted += walk.count;
    if (walk.finished) await store.writeSweptUntil((sweptUntilMs = stretch.toMs));
    if (!walk.finished || isLate()) break;
  }
  return { unstarted, sweptUntilMs, finished: sweptUntilMs === sweepEndMs(nowMs) };
};

/**
 * Finds jobs that stand still though they should not, and nudges each: asked for something that never reached the
 * workflow, overdue, or stored but never started (the process died, or the start failed). Nudging a job that is well
 * does nothing, so a sweep may err on the side of too many.
 */
export const sweep = async (deps: SweepDependencies): Promise<SweepResult> => {
  const nowMs = deps.now().getTime();
  const overdue = await nudgeOverdue(deps, new Date(nowMs - sweepGraceMs), new Date(nowMs - overdueMs));
  const rest = await startUnstarted(deps, deps.now().getTime());
  return { ...rest, overdue: overdue.count, finished: overdue.finished && rest.finished };
};
