import type { JobStatus, RestingStatus } from './jobStatus.ts';
import { isResting } from './jobStatus.ts';
import type { SystemJob } from './systemJob.ts';

/**
 * What one run of the post activity tells the workflow; kept in the orchestration's history, so small and plain.
 *
 * - `rested`: the workflow ends. A person's action starts it again.
 * - `retryLater`: wait until `dueOn` (ISO 8601), then run attempt number `attempt`.
 */
export type PostOutcome =
  | { readonly kind: 'rested'; readonly status: RestingStatus }
  | { readonly kind: 'retryLater'; readonly dueOn: string; readonly attempt: number };

/** Asks for a job that does not exist (any more): nothing is left to do. */
export const jobIsGone: PostOutcome = { kind: 'rested', status: 'Canceled' };

/** A job that goes on at once, after a person asked for it. */
const dueOnOf = (job: SystemJob, status: JobStatus): Date =>
  status === 'Waiting' && job.postponeUntil !== undefined ? job.postponeUntil : job.modifiedOn;

/** The outcome that a job's row stands for. */
export const outcomeOf = (job: SystemJob): PostOutcome =>
  isResting(job.status)
    ? { kind: 'rested', status: job.status }
    : {
        kind: 'retryLater',
        dueOn: dueOnOf(job, job.status).toISOString(),
        attempt: job.attemptCount + 1,
      };
