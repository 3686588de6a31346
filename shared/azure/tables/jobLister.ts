import { odata, type TableClient } from '@azure/data-tables';
import { invertedTime, shards } from '../../job/jobId.ts';
import { attentionStatuses, type JobListQuery, type JobPage } from '../../job/jobList.ts';
import { columnsOfLists, jobOfRow, type JobRow, type RowKind } from './jobRow.ts';
import { readToken, writeToken, type ListPosition } from './listToken.ts';
import type { TableAccess } from './tableAccess.ts';

/**
 * Requests spent on one shard for one page. Filters on columns make the service scan; it answers in pieces. What is not
 * found by then is left to the next page.
 */
const mostRequests = 20;

/** Behind every id of its time, since `~` sorts behind `-`. */
const behind = (time: Date): string => `${invertedTime(time.getTime())}~`;

const kindOf = ({ status }: JobListQuery): RowKind =>
  status !== undefined && attentionStatuses.includes(status) ? 'a' : 'j';

/** Newest first is the order of the row keys, so every bound in time is a bound of the key. */
const lowerKey = (kind: RowKind, query: JobListQuery, after: string | undefined): string => {
  const bound = query.to === undefined ? kind : `${kind}${behind(query.to)}`;
  return after !== undefined && after > bound ? after : bound;
};

const upperKey = (kind: RowKind, { from }: JobListQuery): string =>
  from === undefined ? `${kind}~` : `${kind}${behind(from)}`;

const criteria = ({ status, endpoint, table, message }: JobListQuery): string[] => [
  ...(status === undefined ? [] : [odata`status eq ${status}`]),
  ...(endpoint === undefined ? [] : [odata`endpoint eq ${endpoint}`]),
  ...(table === undefined ? [] : [odata`primaryEntityType eq ${table}`]),
  ...(message === undefined ? [] : [odata`messageName eq ${message}`]),
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
  /** Set when the scan was cut short. */
  readonly continuationToken: string | undefined;
  /** There may be further rows behind the last one. */
  readonly more: boolean;
}

const fetchPage = async (
  client: TableClient,
  abortSignal: AbortSignal,
  filter: string,
  top: number,
  continuationToken: string | undefined,
): Promise<{ rows: ListedRow[]; continuationToken: string | undefined }> => {
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
): Promise<ShardScan> => {
  const filter = filterOf(shard, query, position.after);
  const rows: ListedRow[] = [];
  let continuationToken = position.scans[shard];
  for (let requests = 1; requests <= mostRequests; requests += 1) {
    const from = continuationToken;
    const page = await table.request('Listing jobs', (client, signal) =>
      fetchPage(client, signal, filter, query.top, from),
    );
    rows.push(...page.rows);
    ({ continuationToken } = page);
    if (continuationToken === undefined || rows.length >= query.top) break;
  }
  return { shard, rows, continuationToken, more: continuationToken !== undefined };
};

/** Scans that ended early and whose rows all went out continue by the service's token, all others by row key. */
const cutShort = (scans: readonly ShardScan[], last: string | undefined): Record<string, string> =>
  Object.fromEntries(
    scans.flatMap(({ shard, rows, continuationToken }) => {
      const newest = rows.at(-1)?.rowKey;
      const allOut = newest === undefined || (last !== undefined && newest <= last);
      return continuationToken !== undefined && allOut ? [[shard, continuationToken]] : [];
    }),
  );

/**
 * Lists jobs newest first: one query to each shard, merged. The number of requests does not grow with the number of
 * jobs, except where a filter on columns makes the service scan.
 */
export const listJobs = async (table: TableAccess, query: JobListQuery): Promise<JobPage> => {
  const position = readToken(query);
  const scans = await Promise.all(shards.map((shard) => scanShard(table, query, position, shard)));
  const found = scans.flatMap(({ rows }) => rows).sort((one, other) => (one.rowKey < other.rowKey ? -1 : 1));
  const given = found.slice(0, query.top);
  const jobs = given.map(jobOfRow);
  if (given.length === found.length && !scans.some(({ more }) => more)) return { jobs };
  const after = given.at(-1)?.rowKey ?? position.after;
  return { jobs, next: writeToken(query, { after, scans: cutShort(scans, after) }) };
};
