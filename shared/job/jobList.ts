import type { JobStatus } from './jobStatus.ts';
import type { SystemJob } from './systemJob.ts';

/** Which jobs a list shows. Absent criteria let everything pass; several must all hold. */
export interface JobListQuery {
  readonly status?: JobStatus;
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

/** Statuses that the attention index holds; lists by one of these read the index alone. */
export const attentionStatuses: readonly JobStatus[] = [
  'Waiting',
  'Suspended',
  'InProgress',
  'Pausing',
  'Canceling',
  'Failed',
];
