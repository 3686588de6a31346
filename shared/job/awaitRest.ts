import type { JobId } from './jobId.ts';
import { isResting } from './jobStatus.ts';
import type { StoredJob, SystemJob } from './systemJob.ts';

export interface AwaitRestDependencies {
  readonly store: { read(id: JobId): Promise<StoredJob | undefined> };
  readonly now: () => Date;
  /** Resolves after `ms` milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** First and longest pause between two looks; each is half as long again as the one before. */
const firstPauseMs = 10;
const longestPauseMs = 1000;

/**
 * Looks at a job's row until it rests or waits for a retry, or the time is over. The row is looked at because whoever
 * delivers may be another instance of the app, with which nothing is shared.
 *
 * @returns the job as seen last; undefined when it is gone.
 */
export const awaitRest = async (
  { store, now, sleep }: AwaitRestDependencies,
  id: JobId,
  waitMs: number,
): Promise<SystemJob | undefined> => {
  const untilMs = now().getTime() + waitMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const leftMs = untilMs - now().getTime();
    if (leftMs > 0) await sleep(Math.min(pauseMs, leftMs));
    const job = (await store.read(id))?.job;
    const isOver = job === undefined || isResting(job.status) || job.status === 'Waiting';
    if (isOver || now().getTime() >= untilMs) return job;
  }
};
