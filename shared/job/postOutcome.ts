import type { Delivered } from '../delivery/delivery.ts';
import type { SentMessage } from './evidence.ts';
import type { JobStatus, RestingStatus } from './jobStatus.ts';
import { isResting } from './jobStatus.ts';
import type { SystemJob } from './systemJob.ts';

/**
 * What one run of the post activity tells the workflow; kept in the orchestration's history, so small and plain.
 *
 * - `rested`: the workflow ends. A person's action starts it again.
 * - `retryLater`: wait until `dueOn` (ISO 8601), then run attempt number `attempt`.
 * - `unrecorded`: the message is delivered but the row could not be written; the next run only records that. Sending it
 *   again could come after the receiver has forgotten the MessageId.
 */
export type PostOutcome =
  | { readonly kind: 'rested'; readonly status: RestingStatus }
  | { readonly kind: 'retryLater'; readonly dueOn: string; readonly attempt: number }
  | { readonly kind: 'unrecorded'; readonly delivered: DeliveredAttempt };

/** A delivery that the row does not know of yet. Times are ISO 8601. */
export interface DeliveredAttempt {
  readonly attempt: number;
  readonly startedOn: string;
  readonly endedOn: string;
  readonly delivery: Delivered;
  readonly sent?: SentMessage | undefined;
}

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
