import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { JobStatus } from './jobStatus.ts';
import type { SystemJob } from './systemJob.ts';
import type { UnreadableJob } from './unreadableJob.ts';

/** Which jobs a list shows. Absent criteria let everything pass; several must all hold. */
export interface JobListQuery {
  /** One status, or any of several. */
  readonly status?: JobStatus | readonly JobStatus[];
  /** Only jobs of the attention index. */
  readonly attention?: true;
  readonly endpoint?: string;
  /** Code of the last failure. A job that was delivered has none. */
  readonly code?: FailureCode;
  readonly table?: string;
  readonly message?: string;
  /** Id of the record the operation was about, in lower case. */
  readonly record?: string;
  /** In lower case, as the next one. */
  readonly correlationId?: string;
  readonly operationId?: string;
  /** Only jobs that are not attempted because their endpoint is paused or open. */
  readonly held?: true;
  /** Only jobs of more than one attempt. */
  readonly retried?: true;
  /** Only waiting jobs, not held, that have made an attempt: {@link isRetrying}. */
  readonly retrying?: true;
  readonly minAttempts?: number;
  /** Only waiting jobs that go on before this time. */
  readonly nextBefore?: Date;
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

/** What going through many jobs needs of the store. */
export interface JobWalkStore {
  /**
   * Pages of jobs partition by partition, in an order that means nothing to people: a page is one request, where a list
   * asks all partitions for each page. Any page may be short, even empty, and still have a `next`.
   *
   * @throws UnusableToken when `after` is not a token of this walk.
   */
  walk(query: JobListQuery): Promise<JobPage>;
}

/** `after` was not made by this store. */
export class UnusableToken extends Error {
  override readonly name = 'UnusableToken';
}

/**
 * Statuses whose jobs are all in the attention index; lists by these alone read the index only. It also holds some jobs
 * that wait for resources: those that a person asked to go on, came late, or were not started for minutes.
 */
export const attentionStatuses: readonly JobStatus[] = [
  'Waiting',
  'Suspended',
  'InProgress',
  'Pausing',
  'Canceling',
  'Failed',
];

/** The statuses a query asks for; undefined when it takes all. */
export const statusesIn = ({ status }: JobListQuery): readonly JobStatus[] | undefined =>
  typeof status === 'string' ? [status] : status;

/** Whether all jobs that a query can find are in the attention index. */
export const isOfAttentionIndex = (query: JobListQuery): boolean =>
  query.attention === true ||
  query.held === true ||
  query.retrying === true ||
  query.nextBefore !== undefined ||
  statusesIn(query)?.every((status) => attentionStatuses.includes(status)) === true;

/** The fewest attempts that a job of the query has made. */
export const attemptsIn = ({ retried, retrying, minAttempts }: JobListQuery): number =>
  Math.max(retried === true ? 2 : 0, retrying === true ? 1 : 0, minAttempts ?? 0);

/** A state that is shown, beside the status: failed before, and goes on by itself. */
export const isRetrying = ({
  status,
  held,
  attemptCount,
}: Pick<SystemJob, 'status' | 'held' | 'attemptCount'>): boolean =>
  status === 'Waiting' && !held && attemptCount >= 1;

/**
 * Comparisons that a query may have beside those of the keys, of which there are three: Azure Table Storage takes 15
 * in one filter ("Querying tables and entities" on Microsoft Learn).
 */
export const mostCriteria = 12;

/** Comparisons that a query costs. */
export const criteriaIn = (query: JobListQuery): number => {
  const { endpoint, code, table, message, record, correlationId, operationId, held } = query;
  const { nextBefore, retrying } = query;
  const single = [endpoint, code, table, message, record, correlationId, operationId, held];
  return (
    single.filter((criterion) => criterion !== undefined).length +
    (statusesIn(query)?.length ?? 0) +
    (attemptsIn(query) > 0 ? 1 : 0) +
    (nextBefore === undefined ? 0 : 2) +
    (retrying === undefined ? 0 : 2)
  );
};
