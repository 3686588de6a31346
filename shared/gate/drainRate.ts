import type { Drain } from './endpointState.ts';

/** Most jobs that can be let go in a minute; each costs a few requests of one orchestration. */
export const mostPerMinute = 6000;

/** Time between two batches of jobs that are let go. */
export const drainTickMs = 5000;

/** Every batch writes `paidUntil`; a drain that did not for this long has lost its recovery. */
const stillMs = 2 * 60_000;

/** Whether jobs are still being let go. When they are not, those that are held must not wait for it. */
export const drainMoves = ({ perMinute, paidUntil }: Drain, now: Date): boolean =>
  now.getTime() <= Date.parse(paidUntil) + 60_000 / perMinute + stillMs;

/** What a batch holds at most: a batch that comes late does not make up for the time it missed. */
const mostTicks = 2;

export interface DrainBatch {
  /** Jobs that may be let go now. */
  readonly jobs: number;
  /** Written to the state before they are: a batch that gets lost makes the drain slower, never faster. */
  readonly paidUntil: Date;
}

/** How many jobs a drain allows at this moment. */
export const drainBatch = ({ perMinute, paidUntil }: Drain, now: Date): DrainBatch => {
  const jobMs = 60_000 / perMinute;
  const oldestMs = now.getTime() - mostTicks * drainTickMs;
  const fromMs = Math.max(Date.parse(paidUntil), Math.min(oldestMs, now.getTime() - jobMs));
  const jobs = Math.max(0, Math.floor((now.getTime() - fromMs) / jobMs));
  return { jobs, paidUntil: new Date(fromMs + jobs * jobMs) };
};
