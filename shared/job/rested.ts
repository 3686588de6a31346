import { jobStatuses, type JobStatus, type RestingStatus } from './jobStatus.ts';
import type { JobProgress } from './systemJob.ts';

/** Not simply on its way, nor done: kept in the attention index. */
export const needsAttention = (status: JobStatus): boolean =>
  status !== 'WaitingForResources' && status !== 'Succeeded' && status !== 'Canceled';

/** Columns of a job that comes to rest. A suspended job rests, but is not completed in Dataverse's sense. */
export const rested = (
  status: RestingStatus,
  on: Date,
): Pick<JobProgress, 'status' | 'postponeUntil' | 'held' | 'completedOn'> => ({
  status,
  postponeUntil: undefined,
  held: false,
  completedOn: jobStatuses[status].stateCode === jobStatuses.Succeeded.stateCode ? on : undefined,
});
