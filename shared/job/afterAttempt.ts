import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import type { Delivery, DeliveryFailure } from '../delivery/delivery.ts';
import { storable } from '../text/wellFormed.ts';
import { letGo } from './heldJob.ts';
import type { RestingStatus } from './jobStatus.ts';
import { needsAttention, rested } from './rested.ts';
import { nextAttemptOn, type RetryPolicy } from './retryPolicy.ts';
import { withAttempt } from './attemptRecords.ts';
import { evidenceOf, type SentMessage } from './evidence.ts';
import type { AttemptRecord, JobProgress, SystemJob } from './systemJob.ts';

/** One attempt that was made, whatever came of it. */
export interface FinishedAttempt {
  readonly attempt: number;
  /** The job's `postponeUntil` when the attempt began; another one now was set by a person. */
  readonly plannedOn: Date | undefined;
  readonly startedOn: Date;
  readonly endedOn: Date;
  readonly delivery: Delivery;
  /** Undefined when there was no message to send. */
  readonly sent?: SentMessage | undefined;
}

/** A text column holds 32,767 characters (Azure Table Storage). */
const longestAnswer = 32_000;

const shortened = (answer: string | undefined): string | undefined =>
  answer === undefined ? undefined : storable(answer.slice(0, longestAnswer));

/** Where the attempt leaves the job. */
type Verdict = Pick<JobProgress, 'status' | 'postponeUntil' | 'held' | 'completedOn' | 'friendlyMessage'>;

const rest = (status: RestingStatus, endedOn: Date, friendlyMessage: string): Verdict => ({
  ...rested(status, endedOn),
  friendlyMessage,
});

const waitUntil = (postponeUntil: Date, friendlyMessage: string): Verdict => ({
  status: 'Waiting',
  postponeUntil,
  held: false,
  completedOn: undefined,
  friendlyMessage,
});

/** What a person asked for while the attempt was under way comes before what the policy says. */
const asPersonAsked = (
  job: SystemJob,
  { endedOn, plannedOn }: FinishedAttempt,
  cause: string,
): Verdict | undefined => {
  if (job.status === 'Canceling') return rest('Canceled', endedOn, `Canceled on request. ${cause}`);
  if (job.status === 'Pausing') return rest('Suspended', endedOn, `Paused on request. ${cause}`);
  if (job.status !== 'Waiting' || job.postponeUntil === undefined) return undefined;
  // Timers fire up to a second early, so a planned time may still lie ahead: only another one was asked for.
  const isPlanned = job.postponeUntil.getTime() === plannedOn?.getTime();
  return isPlanned ? undefined : waitUntil(job.postponeUntil, `Postponed on request. ${cause}`);
};

const retryVerdict = (
  job: SystemJob,
  policy: RetryPolicy,
  { retryAfterMs }: DeliveryFailure,
  endedOn: Date,
  cause: string,
): Verdict => {
  const round = { startedOn: job.roundStartedOn, attempts: job.roundAttempts + 1 };
  const dueOn = nextAttemptOn(policy, job.id, round, endedOn, retryAfterMs);
  return dueOn === undefined
    ? rest('Failed', endedOn, `Given up after ${round.attempts} attempts. ${cause}`)
    : waitUntil(dueOn, `Waiting to try again. ${cause}`);
};

const failureVerdict = (
  job: SystemJob,
  policy: RetryPolicy,
  failed: DeliveryFailure,
  finished: FinishedAttempt,
): Verdict => {
  const { endedOn } = finished;
  const { outcome, cause, advice } = failureCatalogue[failed.code];
  const asked = asPersonAsked(job, finished, cause);
  if (asked !== undefined) return asked;
  if (outcome === 'retry') return retryVerdict(job, policy, failed, endedOn, cause);
  return rest(outcome === 'suspend' ? 'Suspended' : 'Failed', endedOn, `${cause} ${advice}`);
};

const recordOf = (finished: FinishedAttempt, verdict: Verdict): AttemptRecord => {
  const { attempt, startedOn, endedOn, delivery, sent } = finished;
  const common = {
    attempt,
    startedOn: startedOn.toISOString(),
    durationMs: endedOn.getTime() - startedOn.getTime(),
    ...(delivery.stripped === undefined ? {} : { stripped: delivery.stripped }),
    ...(sent === undefined ? {} : { evidence: evidenceOf(sent, delivery) }),
  };
  if (delivery.kind === 'delivered') return { ...common, outcome: 'delivered' };
  return {
    ...common,
    outcome: failureCatalogue[delivery.code].outcome,
    code: delivery.code,
    detail: delivery.detail,
    ...(verdict.postponeUntil === undefined ? {} : { nextOn: verdict.postponeUntil.toISOString() }),
  };
};

const failureColumns = (delivery: Delivery) =>
  delivery.kind === 'delivered'
    ? { code: undefined, errorCode: undefined, message: undefined }
    : {
        code: delivery.code,
        errorCode: failureCatalogue[delivery.code].errorCode,
        message: delivery.detail,
      };

/**
 * The job after an attempt. A delivered message makes it Succeeded whatever was asked meanwhile: that is the truth. It
 * also takes the place of a failure of the same attempt, which the engine ran twice.
 *
 * @param found the job as it stands now, which may be later than when the attempt began.
 */
export const afterAttempt = (found: SystemJob, policy: RetryPolicy, finished: FinishedAttempt): SystemJob => {
  const { delivery, startedOn, endedOn } = finished;
  const job = letGo(found, startedOn);
  // Run twice at once, an attempt may find its job held by its twin: that time was no person's.
  const plannedOn = found.held ? found.postponeUntil : finished.plannedOn;
  const verdict =
    delivery.kind === 'delivered'
      ? rest('Succeeded', endedOn, 'Delivered.')
      : failureVerdict(job, policy, delivery, { ...finished, plannedOn });
  return {
    ...job,
    ...verdict,
    ...failureColumns(delivery),
    attemptCount: Math.max(job.attemptCount, finished.attempt),
    roundAttempts: job.roundAttempts + (finished.attempt > job.attemptCount ? 1 : 0),
    startedOn: job.startedOn ?? startedOn,
    modifiedOn: endedOn,
    attention: needsAttention(verdict.status),
    answer: delivery.kind === 'delivered' ? shortened(delivery.answer) : job.answer,
    attempts: withAttempt(job.attempts, recordOf(finished, verdict)),
  };
};
