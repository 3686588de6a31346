import { actionTable, jobActions, type JobAction } from '../job/jobActions.ts';
import type { JobStatus } from '../job/jobStatus.ts';

/** What can be done with many jobs: all that can be asked of one, and deleting them. */
export const bulkActions = [...jobActions, 'delete'] as const;

export type BulkAction = JobAction | 'delete';

/** Whether a job in this status allows it; Dataverse deletes a job in any. */
export const allows = (action: BulkAction, status: JobStatus): boolean =>
  action === 'delete' || actionTable[action][status] !== undefined;

/** Whether the action makes attempts, whose outcome is worth waiting for. */
export const hasOutcomes = (action: BulkAction): boolean => action === 'retry' || action === 'resume';
