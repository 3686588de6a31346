import type { Delivery } from '../../shared/delivery/delivery.ts';
import { failureCatalogue, type FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import type { JobAction } from '../../shared/job/jobActions.ts';
import type { JobStatus } from '../../shared/job/jobStatus.ts';

/** What the model says of a job. */
export interface ModelJob {
  status: JobStatus;
  attempts: number;
  roundAttempts: number;
  held: boolean;
  /** With Waiting: when it goes on; 'planned' when the policy decided. */
  until: number | 'planned' | undefined;
  /** Times the row was written, so that a slow mark knows whether it comes too late. */
  writes: number;
  writtenMs: number;
}

/** An attempt under way, as the model sees it. */
export interface ModelAttempt {
  readonly attempt: number;
  readonly plannedOn: ModelJob['until'];
  /** {@link ModelJob.writes} of the row it began with, and that row. */
  readonly row: ModelJob;
  readonly writes: number;
}

/** Attempts of a round in the tests of lives. */
export const attemptsOfRound = 2;

/** How long a held job is left alone in the tests of lives, in milliseconds. */
export const heldMs = 30_000;

/** The table of actions once more, in other words than the code has. */
const possible: Readonly<Record<JobStatus, readonly JobAction[]>> = {
  WaitingForResources: ['cancel', 'pause', 'postpone'],
  Waiting: ['cancel', 'pause', 'resume', 'postpone', 'retry'],
  Suspended: ['cancel', 'resume', 'postpone', 'retry'],
  InProgress: ['cancel', 'pause', 'postpone'],
  Pausing: ['cancel'],
  Canceling: [],
  Succeeded: [],
  Failed: ['retry'],
  Canceled: ['retry'],
};

export const isPossible = (status: JobStatus, action: JobAction): boolean =>
  possible[status].includes(action);

const ends: readonly JobStatus[] = ['Suspended', 'Succeeded', 'Failed', 'Canceled'];

/** Writes the model's job. */
const write = (job: ModelJob, nowMs: number, changes: Partial<ModelJob>): void => {
  Object.assign(job, { until: undefined, held: false }, changes, {
    writes: job.writes + 1,
    writtenMs: nowMs,
  });
};

const afterAction: Readonly<Record<JobAction, (status: JobStatus) => JobStatus>> = {
  cancel: (status) => (status === 'Suspended' ? 'Canceled' : 'Canceling'),
  pause: () => 'Pausing',
  resume: () => 'WaitingForResources',
  retry: () => 'WaitingForResources',
  postpone: () => 'Waiting',
};

/** A person asks. @returns whether it is allowed. */
export const modelAct = (job: ModelJob, action: JobAction, nowMs: number, untilMs: number): boolean => {
  if (!isPossible(job.status, action)) return false;
  const newRound = action !== 'cancel' && action !== 'pause';
  write(job, nowMs, {
    status: afterAction[action](job.status),
    roundAttempts: newRound ? 0 : job.roundAttempts,
    until: action === 'postpone' ? nowMs + untilMs : undefined,
  });
  return true;
};

/**
 * The activity runs for an attempt.
 *
 * @param isDue whether the time that the job waits for has come.
 * @returns whether a message is sent.
 */
export const modelRun = (
  job: ModelJob,
  attempt: number,
  nowMs: number,
  { isDue, isHeld }: { isDue: boolean; isHeld: boolean },
): boolean => {
  if (job.status === 'Canceling') write(job, nowMs, { status: 'Canceled' });
  if (job.status === 'Pausing') write(job, nowMs, { status: 'Suspended' });
  if (ends.includes(job.status) || attempt <= job.attempts || (job.status === 'Waiting' && !isDue))
    return false;
  if (!isHeld) return true;
  write(job, nowMs, { status: 'Waiting', held: true, until: nowMs + heldMs });
  return false;
};

const verdict = (job: ModelJob, { plannedOn }: ModelAttempt, code: FailureCode): Partial<ModelJob> => {
  if (job.status === 'Canceling') return { status: 'Canceled' };
  if (job.status === 'Pausing') return { status: 'Suspended' };
  if (job.status === 'Waiting' && job.until !== plannedOn) return { status: 'Waiting', until: job.until };
  const { outcome } = failureCatalogue[code];
  if (outcome === 'suspend') return { status: 'Suspended' };
  if (outcome === 'fail' || job.roundAttempts + 1 >= attemptsOfRound) return { status: 'Failed' };
  return { status: 'Waiting', until: 'planned' };
};

/** An attempt ends. */
export const modelFinish = (job: ModelJob, under: ModelAttempt, delivery: Delivery, nowMs: number): void => {
  const { attempt } = under;
  const counted = {
    attempts: Math.max(job.attempts, attempt),
    roundAttempts: job.roundAttempts + (attempt > job.attempts ? 1 : 0),
  };
  if (delivery.kind === 'delivered') {
    if (job.status !== 'Succeeded') write(job, nowMs, { ...counted, status: 'Succeeded' });
    return;
  }
  if (ends.includes(job.status) || job.attempts >= attempt) return;
  write(job, nowMs, { ...verdict(job, under, delivery.code), ...counted });
};

/** The attempt lasts long. */
export const modelSlow = (job: ModelJob, under: ModelAttempt, nowMs: number): void => {
  if (job === under.row && job.writes === under.writes) {
    write(job, nowMs, { status: 'InProgress', until: job.until });
  }
};

/** The recovery of the endpoint lets a held job go. */
export const modelRelease = (job: ModelJob, nowMs: number): void => {
  if (job.held) write(job, nowMs, { status: 'WaitingForResources' });
};

export const newModelJob = (nowMs: number): ModelJob => ({
  status: 'WaitingForResources',
  attempts: 0,
  roundAttempts: 0,
  held: false,
  until: undefined,
  writes: 0,
  writtenMs: nowMs,
});
