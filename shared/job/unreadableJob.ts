import type { JobId } from './jobId.ts';

/**
 * A job whose row this version of the bridge cannot read: damaged, or written by a later version. Lists and sweeps
 * leave it out and say so, since one bad row must not hide or hold back all other jobs.
 */
export class UnreadableJob extends Error {
  override readonly name = 'UnreadableJob';
  readonly id: JobId;

  /** @param row key of the row; with the index entry of a job unreadable, the job itself may be well. */
  constructor(id: JobId, row: string, cause: unknown) {
    super(`Row ${row} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.id = id;
  }
}

/** Is told of each row that was left out. */
export type ReportUnreadable = (fault: UnreadableJob) => void;
