import type { SystemJob } from './systemJob.ts';

/** The retry budget does not run while a job is held: its round begins later by as long as that lasted. */
const roundStart = (job: SystemJob, now: Date): Date =>
  new Date(job.roundStartedOn.getTime() + Math.max(0, now.getTime() - job.modifiedOn.getTime()));

/** The job as it is once it is no longer held; any other job as it is. A held job was last written when it was held. */
export const letGo = (job: SystemJob, now: Date): SystemJob =>
  job.held ? { ...job, held: false, roundStartedOn: roundStart(job, now) } : job;

/** The job while its endpoint takes no attempts. It is woken when that is over; `lookAgainOn` is for a lost wake-up. */
export const holdJob = (job: SystemJob, reason: string, lookAgainOn: Date, now: Date): SystemJob => ({
  ...letGo(job, now),
  status: 'Waiting',
  held: true,
  postponeUntil: lookAgainOn,
  modifiedOn: now,
  attention: true,
  friendlyMessage: `Held, no attempt is spent: ${reason}. Looked at again by ${lookAgainOn.toISOString()}.`,
});

/** The job let through: its workflow, once woken, makes the attempt. Undefined for a job that is not held any more. */
export const releaseJob = (job: SystemJob, now: Date): SystemJob | undefined =>
  job.held && job.status === 'Waiting'
    ? {
        ...letGo(job, now),
        status: 'WaitingForResources',
        postponeUntil: undefined,
        modifiedOn: now,
        friendlyMessage: 'Let go; an attempt follows at once.',
      }
    : undefined;
