import type { JobStatus } from './jobStatus.ts';
import type { SystemJob } from './systemJob.ts';
import type { UnreadableJob } from './unreadableJob.ts';

/** Which jobs a list shows. Absent criteria let everything pass; several must all hold. */
export interface JobListQuery {
  readonly status?: JobStatus;
  /** Only jobs of the attention index. */
  readonly attention?: true;
  readonly endpoint?: string;
  readonly table?: string;
  readonly message?: string;
  /** By the time of the operation in Dataverse; `from` included, `to` excluded. */
  readonly from?: Date;
  readonly to?: Date;
  /** Jobs a page has at most. */
  readonly top: number;
  /** What the page before gave as {@link JobPage.next}. */
  readonly after?: string;
}

/** Jobs, newest first, without attempts and actions (those are empty lists here). */
export interface JobPage {
  readonly jobs: readonly SystemJob[];
  /** Jobs that belong on this page but cannot be read. */
  readonly unreadable: readonly UnreadableJob[];
  /** Continues behind this page; absent on the last one. A page of a filtered list may be short, even empty. */
  readonly next?: string;
}

/** What listing needs of the store. */
export interface JobListStore {
  /** @throws UnusableToken when `after` is not a token of this list. */
  list(query: JobListQuery): Promise<JobPage>;
}

/** `after` was not made by this store. */
export class UnusableToken extends Error {
  override readonly name = 'UnusableToken';
}

/**
 * Statuses whose jobs are all in the attention index; lists by one of these read the index alone. It also holds some
 * jobs that wait for resources: those that a person asked to go on, came late, or were not started for minutes.
 */
export const attentionStatuses: readonly JobStatus[] = [
  'Waiting',
  'Suspended',
  'InProgress',
  'Pausing',
  'Canceling',
  'Failed',
];
