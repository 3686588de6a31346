import { shards } from '../../job/jobId.ts';
import type { JobListQuery, JobPage } from '../../job/jobList.ts';
import { jobsOfRows } from './jobOfRow.ts';
import { filterOf, requestPage, type ListedRow } from './jobQuery.ts';
import { readToken, writeToken, type ListPosition, type ShardPosition } from './listToken.ts';
import type { TableAccess } from './tableAccess.ts';

/**
 * Requests spent on one shard for one page. Filters on columns make the service scan; it answers in pieces. What is not
 * found by then is left to the next page.
 */
const mostRequests = 20;

/** A page is cut short as well when looking took this long: a person waits for it, and health may ask for one. */
const mostMs = 5000;

interface ShardScan {
  readonly shard: string;
  readonly rows: readonly ListedRow[];
  /** Row key that the scan began behind. */
  readonly after: string | undefined;
  /** Set when the service has more; the scan was cut short if fewer rows were found than a page holds. */
  readonly continuationToken: string | undefined;
}

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
    const page = await requestPage(table, filter, query.top, from);
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
  const isLast =
    given.length === found.length && scans.every(({ continuationToken }) => continuationToken === undefined);
  const page = jobsOfRows(given);
  return isLast ? page : { ...page, next: writeToken(query, positionBehind(scans, given, position)) };
};
