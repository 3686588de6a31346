import type { Nudge } from './nudge.ts';
import type { SweepWindow } from './sweepWindow.ts';
import { sweepGraceMs, sweepWindow } from './sweepWindow.ts';
import type { StoredJob, SystemJob } from './systemJob.ts';

/** What sweeping needs of the store. */
export interface SweepStore {
  /** End of the last stretch swept, in milliseconds since 1970; undefined before the first sweep. */
  readSweptUntil(): Promise<number | undefined>;
  writeSweptUntil(ms: number): Promise<void>;
  /** Jobs by id time in the window that wait for resources since before `createdBefore`. */
  listUnstarted(window: SweepWindow, createdBefore: Date): AsyncIterable<StoredJob>;
  /**
   * Jobs in the attention index that should be moving: to be run, paused or canceled and not written since
   * `modifiedBefore`, or waiting for a time before `dueBefore`.
   */
  listOverdue(modifiedBefore: Date, dueBefore: Date): AsyncIterable<SystemJob>;
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface SweepDependencies {
  readonly store: SweepStore;
  readonly nudge: Nudge;
  readonly now: () => Date;
}

export interface SweepResult {
  readonly unstarted: number;
  readonly overdue: number;
  readonly window: SweepWindow;
}

/** A waiting job this much past its time has lost its workflow, or its workflow is far behind. */
const overdueMs = 2 * 60_000;

/** Nudges under way at once. */
const breadth = 16;

const forEach = async <Item>(
  items: AsyncIterable<Item>,
  work: (item: Item) => Promise<unknown>,
): Promise<number> => {
  const underWay = new Set<Promise<unknown>>();
  let count = 0;
  for await (const item of items) {
    count += 1;
    const worked = work(item).finally(() => underWay.delete(worked));
    underWay.add(worked);
    if (underWay.size >= breadth) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return count;
};

/** A job that cannot be started now leaves the sweep's window before long; the attention index keeps it. */
const nudgeOrIndex = async ({ store, nudge }: SweepDependencies, stored: StoredJob): Promise<void> => {
  if (await nudge(stored.job)) return;
  await store.update(stored, { ...stored.job, attention: true });
};

/**
 * Finds jobs that stand still though they should not, and nudges each: stored but never started (the process died, or
 * the start failed), asked for something that never reached the workflow, or overdue. Nudging a job that is well does
 * nothing, so a sweep may err on the side of too many.
 */
export const sweep = async (deps: SweepDependencies): Promise<SweepResult> => {
  const { store, nudge, now } = deps;
  const startedMs = now().getTime();
  const window = sweepWindow(await store.readSweptUntil(), startedMs);
  const untouchedSince = new Date(startedMs - sweepGraceMs);
  const unstarted = await forEach(store.listUnstarted(window, untouchedSince), (stored) =>
    nudgeOrIndex(deps, stored),
  );
  const overdue = await forEach(store.listOverdue(untouchedSince, new Date(startedMs - overdueMs)), nudge);
  await store.writeSweptUntil(window.toMs);
  return { unstarted, overdue, window };
};
