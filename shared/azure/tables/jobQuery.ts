import { odata } from '@azure/data-tables';
import { invertedTime } from '../../job/jobId.ts';
import {
  attemptsIn,
  isOfAttentionIndex,
  statusesIn,
  UnusableToken,
  type JobListQuery,
} from '../../job/jobList.ts';
import { columnsOfLists, type JobRow, type RowKind } from './jobRow.ts';
import { fetchRows, type RowAnswer } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

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

/** Finds what a query asks for in one shard, behind the row key `after`. */
export const filterOf = (shard: string, query: JobListQuery, after: string | undefined): string => {
  const kind = kindOf(query);
  const keys = odata`PartitionKey eq ${shard} and RowKey gt ${lowerKey(kind, query, after)} and RowKey lt ${upperKey(kind, query)}`;
  return [keys, ...criteria(query)].join(' and ');
};

export type ListedRow = JobRow & { readonly rowKey: string };

/**
 * One request for rows of lists.
 *
 * @param from token to go on with; may come from outside.
 * @throws UnusableToken when the service does not know the token.
 */
export const requestPage = async (
  table: TableAccess,
  filter: string,
  top: number,
  from: string | undefined,
): Promise<RowAnswer<ListedRow>> => {
  const query = { filter, maxPageSize: top, select: [...columnsOfLists] };
  const page = await table.request<RowAnswer<ListedRow>, 400>(
    'Listing jobs',
    (client, abortSignal) => fetchRows<ListedRow>(client, abortSignal, query, from),
    // Only a token can make the service refuse our query.
    from === undefined ? [] : [400],
  );
  if (page === 400) throw new UnusableToken('The service does not know the continuation token.');
  return page;
};
