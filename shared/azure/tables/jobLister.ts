import { odata, type TableClient } from '@azure/data-tables';
import { invertedTime, shards } from '../../job/jobId.ts';
import {
  attemptsIn,
  isOfAttentionIndex,
  statusesIn,
  UnusableToken,
  type JobListQuery,
  type JobPage,
} from '../../job/jobList.ts';
import type { UnreadableJob } from '../../job/unreadableJob.ts';
import { jobOfRowOr } from './jobOfRow.ts';
import { columnsOfLists, type JobRow, type RowKind } from './jobRow.ts';
import { readToken, writeToken, type ListPosition, type ShardPosition } from './listToken.ts';
import type { TableAccess } from './tableAccess.ts';

/**
 * Requests spent on one shard for one page. Filters on columns make the service scan; it answers in pieces. What is not
 * found by then is left to the next page.
 */
const mostRequests = 20;

/** A page is cut short as well when looking took this long: a person waits for it, and health may ask for one. */
const mostMs = 5000;

/** Behind every id of its time, since `~` sorts behind `-`. */
const behind = (time: Date): string => `${invertedTime(time.getTime())}~`;

const kindOf = (query: JobListQuery): RowKind => (isOfAttentionIndex(query) ? 'a' : 'j');

/** Newest first is the order of the row keys, so every bound in time is a bound of the key. */
const lowerKey = (kind: RowKind, query: JobListQuery, after: string | undefined): string => {
  const bound = query.to === undefined ? kind : `${kind}${behind(query.to)}`;
  return after !== undefined && after > bound ? after : bound;
};

const upperKey = (kind: RowKind, { from }: JobListQuery): string =>
  from === undefined ? `${kind}~` : `${kind}${behind(from)}`;

const anyStatus = (query: JobListQuery): string[] => {
  const wanted = (statusesIn(query) ?? []).map((status) => odata`status eq ${status}`);
  return wanted.length > 1 ? [`(${wanted.join(' or ')})`] : wanted;
};

const equals = (column: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${column} ${odata`eq ${value}`}`];

const criteria = (query: JobListQuery): string[] => [
  ...anyStatus(query),
  ...equals('endpoint', query.endpoint),
  ...equals('code', query.code),
  ...equals('primaryEntityType', query.table),
  ...equals('messageName', query.message),
  ...equals('regardingObjectId', query.record),
  ...equals('correlationId', query.correlationId),
  ...equals('operationId', query.operationId),
  ...(query.held === undefined ? [] : ['held eq true']),
  ...(query.retrying === undefined ? [] : ["status eq 'Waiting' and held eq false"]),
  ...(attemptsIn(query) === 0 ? [] : [odata`attemptCount ge ${attemptsIn(query)}`]),
  ...(query.nextBefore === undefined
    ? []
    : [odata`status eq 'Waiting' and postponeUntil lt ${query.nextBefore.toISOString()}`]),
];

const filterOf = (shard: string, query: JobListQuery, after: string | undefined): string => {
  const kind = kindOf(query);
  const keys = odata`PartitionKey eq ${shard} and RowKey gt ${lowerKey(kind, query, after)} and RowKey lt ${upperKey(kind, query)}`;
  return [keys, ...criteria(query)].join(' and ');
};

type ListedRow = JobRow & { readonly rowKey: string };

interface ShardScan {
  readonly shard: string;
  readonly rows: readonly ListedRow[];
  /** Row key that the scan began behind. */
  readonly after: string | undefined;
  /** Set when the service has more; the scan was cut short if fewer rows were found than a page holds. */
  readonly continuationToken: string | undefined;
}

interface ShardPage {
  readonly rows: readonly ListedRow[];
  readonly continuationToken: string | undefined;
}

const fetchPage = async (
  client: TableClient,
  abortSignal: AbortSignal,
  filter: string,
  top: number,
  continuationToken: string | undefined,
): Promise<ShardPage> => {
  const pages = client
    .listEntities<ListedRow>({ queryOptions: { filter, select: [...columnsOfLists] }, abortSignal })
    .byPage({ maxPageSize: top, ...(continuationToken === undefined ? {} : { continuationToken }) });
  const page = await pages.next();
  return page.done === true
    ? { rows: [], continuationToken: undefined }
    : { rows: [...page.value] as ListedRow[], continuationToken: page.value.continuationToken };
};

const scanShard = async (
  table: TableAccess,
  query: JobListQuery,
  position: ListPosition,
  shard: string,
  endsAtMs: number,
): Promise<ShardScan> => {
  const own = position.behind[shard];
  const after = own === undefined ? position.after : own.after;
  const filter = filterOf(shard, query, after);
  const rows: ListedRow[] = [];
  let continuationToken = own?.next;
  for (let requests = 1; requests <= mostRequests; requests += 1) {
    const from = continuationToken;
    const page = await table.request<ShardPage, 400>(
      'Listing jobs',
      (client, signal) => fetchPage(client, signal, filter, query.top, from),
      // Only a token that came from outside can make the service refuse our query.
      requests === 1 && from !== undefined ? [400] : [],
    );
    if (page === 400) throw new UnusableToken('The service does not know the continuation token.');
    rows.push(...page.rows);
    ({ continuationToken } = page);
    if (continuationToken === undefined || rows.length >= query.top || table.elapsedMs() > endsAtMs) break;
  }
  return { shard, rows, after, continuationToken };
};

/**
 * Where a shard goes on when it cannot simply go on behind `after`: it has found rows before that which did not fit on
 * the page, or it has not even looked as far.
 */
const ownPosition = (
  scan: ShardScan,
  given: ReadonlySet<ListedRow>,
  after: string,
): ShardPosition | undefined => {
  const left = scan.rows.filter((row) => !given.has(row));
  if (left.some(({ rowKey }) => rowKey <= after)) {
    const lastOut = scan.rows.findLast((row) => given.has(row))?.rowKey ?? scan.after;
    return lastOut === undefined ? {} : { after: lastOut };
  }
  if (scan.continuationToken === undefined || left.length > 0) return undefined;
  return { ...(scan.after === undefined ? {} : { after: scan.after }), next: scan.continuationToken };
};

const positionBehind = (
  scans: readonly ShardScan[],
  given: readonly ListedRow[],
  before: ListPosition,
): ListPosition => {
  const out = new Set(given);
  const keys = given.map(({ rowKey }) => rowKey);
  const after = [...keys, before.after ?? ''].reduce((one, other) => (one > other ? one : other));
  const behind = Object.fromEntries(
    scans.flatMap((scan) => {
      const own = ownPosition(scan, out, after);
      return own === undefined ? [] : [[scan.shard, own]];
    }),
  );
  return { after: after === '' ? undefined : after, behind };
};

/**
 * Lists jobs newest first: one query to each shard, merged. The number of requests does not grow with the number of
 * jobs, except where a filter on columns makes the service scan.
 */
export const listJobs = async (table: TableAccess, query: JobListQuery): Promise<JobPage> => {
  const position = readToken(query);
  const endsAtMs = table.elapsedMs() + mostMs;
  const scans = await Promise.all(shards.map((shard) => scanShard(table, query, position, shard, endsAtMs)));
  const found = scans.flatMap(({ rows }) => rows).sort((one, other) => (one.rowKey < other.rowKey ? -1 : 1));
  const given = found.slice(0, query.top);
  const unreadable: UnreadableJob[] = [];
  const jobs = given.flatMap((row) => jobOfRowOr((fault) => unreadable.push(fault), row) ?? []);
  const isLast =
    given.length === found.length && scans.every(({ continuationToken }) => continuationToken === undefined);
  const page = { jobs, unreadable };
  return isLast ? page : { ...page, next: writeToken(query, positionBehind(scans, given, position)) };
};
