import { timeOfJobId, type JobId } from '../job/jobId.ts';
import { attemptsIn, isRetrying, statusesIn, type JobListQuery } from '../job/jobList.ts';
import { isResting } from '../job/jobStatus.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { allows, type BulkAction } from './bulkAction.ts';

/** Which jobs an operation acts on: what a list can be filtered by, or explicit ids. All that is given must hold. */
export interface OperationFilter extends Omit<JobListQuery, 'top' | 'after'> {
  /** These jobs only. */
  readonly ids?: readonly JobId[];
}

/** What decides whether a job belongs to an operation. */
export interface Selection {
  readonly action: BulkAction;
  readonly filter: OperationFilter;
  readonly cutOff: Date;
}

const timeFits = ({ from, to }: OperationFilter, timeMs: number): boolean =>
  (from === undefined || timeMs >= from.getTime()) && (to === undefined || timeMs < to.getTime());

const isOrAny = <Value>(wanted: Value | undefined, value: Value | undefined): boolean =>
  wanted === undefined || wanted === value;

const fitsColumns = (filter: OperationFilter, job: SystemJob): boolean =>
  isOrAny(filter.endpoint, job.endpoint) &&
  isOrAny(filter.code, job.code) &&
  isOrAny(filter.table, job.primaryEntityName) &&
  isOrAny(filter.message, job.messageName) &&
  isOrAny(filter.record, job.primaryEntityId) &&
  isOrAny(filter.correlationId, job.correlationId) &&
  isOrAny(filter.operationId, job.operationId);

const goesOnBefore = ({ status, postponeUntil }: SystemJob, time: Date | undefined): boolean =>
  time === undefined || (status === 'Waiting' && postponeUntil !== undefined && postponeUntil < time);

const fitsFilter = (filter: OperationFilter, job: SystemJob): boolean =>
  fitsColumns(filter, job) &&
  (statusesIn({ ...filter, top: 1 })?.includes(job.status) ?? true) &&
  job.attemptCount >= attemptsIn({ ...filter, top: 1 }) &&
  goesOnBefore(job, filter.nextBefore) &&
  (filter.held !== true || job.held) &&
  (filter.retrying !== true || isRetrying(job)) &&
  timeFits(filter, timeOfJobId(job.id)) &&
  (filter.ids === undefined || filter.ids.includes(job.id));

/**
 * Why the operation leaves a job alone; undefined when it belongs to it. The person saw what came before the cut-off;
 * a job that came to rest later is another failure than the one that was seen.
 */
export const leftAloneBecause = (
  { action, filter, cutOff }: Selection,
  job: SystemJob,
): string | undefined => {
  if (!fitsFilter(filter, job)) return `It is ${job.status} and does not match the filter.`;
  if (job.createdOn > cutOff) return 'It came after the cut-off.';
  if (isResting(job.status) && job.modifiedOn > cutOff) return 'It changed after the cut-off.';
  return allows(action, job.status) ? undefined : `A job that is ${job.status} cannot be asked to ${action}.`;
};

/**
 * The list that has all jobs of an operation. Without a status it is the attention index: a bulk action on canceled or
 * delivered jobs has to be asked for by name.
 */
export const listQueryOf = (filter: OperationFilter, top: number): JobListQuery => ({
  ...filter,
  top,
  ...(filter.status === undefined ? { attention: true } : {}),
});
