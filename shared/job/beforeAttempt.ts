import { letGo } from './heldJob.ts';
import { needsAttention, rested } from './rested.ts';
import type { SystemJob } from './systemJob.ts';

/** Durable timers may fire up to a second early (the engine's queues count whole seconds). */
const timerToleranceMs = 1000;

/**
 * What to do with a job when its activity runs.
 *
 * - `post`: make the attempt.
 * - `leave`: nothing; the row already says what comes next.
 * - `write`: a person asked for something and no attempt is under way: store this job, then do as it says.
 */
export type Decision =
  | { readonly kind: 'post' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'write'; readonly job: SystemJob };

const settle = (job: SystemJob, status: 'Canceled' | 'Suspended', now: Date): Decision => ({
  kind: 'write',
  job: {
    ...job,
    ...rested(status, now),
    modifiedOn: now,
    attention: needsAttention(status),
    friendlyMessage: status === 'Canceled' ? 'Canceled on request.' : 'Paused on request.',
  },
});

/**
 * Decides by the row alone, never by the event that led here: an event can get lost, come twice or come late.
 *
 * @param attempt the attempt the workflow asked for. One that is already recorded is not made again: the engine may
 *   run an activity more than once.
 */
export const decide = (job: SystemJob, attempt: number, now: Date): Decision => {
  switch (job.status) {
    case 'Canceling':
      return settle(job, 'Canceled', now);
    case 'Pausing':
      return settle(job, 'Suspended', now);
    case 'Waiting':
      return isDue(job, now) && attempt > job.attemptCount ? { kind: 'post' } : { kind: 'leave' };
    case 'WaitingForResources':
    case 'InProgress':
      return attempt > job.attemptCount ? { kind: 'post' } : { kind: 'leave' };
    case 'Succeeded':
    case 'Failed':
    case 'Canceled':
    case 'Suspended':
      return { kind: 'leave' };
  }
};

const isDue = (job: SystemJob, now: Date): boolean =>
  job.postponeUntil === undefined || job.postponeUntil.getTime() <= now.getTime() + timerToleranceMs;

/** The job while a slow attempt is under way. */
export const inProgress = (job: SystemJob, attemptStartedOn: Date, now: Date): SystemJob => ({
  ...letGo(job, attemptStartedOn),
  status: 'InProgress',
  startedOn: job.startedOn ?? attemptStartedOn,
  modifiedOn: now,
  attention: true,
  friendlyMessage: 'The attempt takes longer than usual.',
});
