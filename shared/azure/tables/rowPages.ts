import type { TableClient, TableEntityQueryOptions, TableEntityResult } from '@azure/data-tables';
import type { TableAccess } from './tableAccess.ts';

/** What one request answers. */
export interface RowAnswer<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  /** The service's own token; absent at the end. */
  readonly continuationToken: string | undefined;
}

interface RowQuery extends TableEntityQueryOptions {
  /** Rows of a page; as many as the service gives, a thousand, when absent. */
  readonly maxPageSize?: number | undefined;
}

/** One request: the rows behind `continuationToken`, from the beginning when it is undefined. */
export const fetchRows = async <Row extends object>(
  client: TableClient,
  abortSignal: AbortSignal,
  { maxPageSize, ...queryOptions }: RowQuery,
  continuationToken: string | undefined,
): Promise<RowAnswer<Row>> => {
  const settings = {
    ...(maxPageSize === undefined ? {} : { maxPageSize }),
    ...(continuationToken === undefined ? {} : { continuationToken }),
  };
  const page = await client.listEntities<Row>({ queryOptions, abortSignal }).byPage(settings).next();
  return page.done === true
    ? { rows: [], continuationToken: undefined }
    : { rows: page.value, continuationToken: page.value.continuationToken };
};

export interface RowPage<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

/**
 * What a query finds, page by page: one request, with its own deadline, for each. A query that scans may be answered
 * with short pages, even empty ones.
 */
export async function* rowPages<Row extends object>(
  table: TableAccess,
  what: string,
  query: RowQuery,
): AsyncGenerator<RowPage<Row>> {
  let from: string | undefined;
  do {
    const after = from;
    const { rows, continuationToken } = await table.request(what, (client, abortSignal) =>
      fetchRows<Row>(client, abortSignal, query, after),
    );
    from = continuationToken;
    yield { rows, isLast: from === undefined };
  } while (from !== undefined);
}

/** One query's pages after the other's; the last page of the last query is the last. */
export async function* inTurn<Row extends object>(
  ...queries: readonly AsyncIterable<RowPage<Row>>[]
): AsyncGenerator<RowPage<Row>> {
  for (const [index, pages] of queries.entries()) {
    const isLastQuery = index === queries.length - 1;
    for await (const { rows, isLast } of pages) yield { rows, isLast: isLast && isLastQuery };
  }
}

/** Rows as far as they were read. */
export interface RowsRead<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  /** False when there are more. */
  readonly complete: boolean;
}

/** Reads pages until `isEnough`, which is asked after each, or until there are no more. */
export const readPages = async <Row extends object>(
  pages: AsyncIterable<RowPage<Row>>,
  isEnough: (requests: number, rows: number) => boolean,
): Promise<RowsRead<Row>> => {
  const rows: TableEntityResult<Row>[] = [];
  let requests = 0;
  for await (const page of pages) {
    requests += 1;
    for (const row of page.rows) rows.push(row);
    if (page.isLast) return { rows, complete: true };
    if (isEnough(requests, rows.length)) break;
  }
  return { rows, complete: false };
};

/** Reads what a query finds, with at most so many requests. */
export const firstPages = <Row extends object>(
  table: TableAccess,
  what: string,
  queryOptions: TableEntityQueryOptions,
  mostRequests: number,
): Promise<RowsRead<Row>> =>
  readPages(rowPages<Row>(table, what, queryOptions), (requests) => requests >= mostRequests);

/** Rows of a list as a person pages through it. */
export interface FirstRows<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  readonly isLast: boolean;
}

/** The first `top` rows; the service may answer a query that scans in several pieces. */
export const firstRows = async <Row extends object>(
  pages: AsyncIterable<RowPage<Row>>,
  top: number,
  mostRequests = Number.POSITIVE_INFINITY,
): Promise<FirstRows<Row>> => {
  const isEnough = (requests: number, found: number): boolean => found >= top || requests >= mostRequests;
  const { rows, complete } = await readPages(pages, isEnough);
  return { rows: rows.slice(0, top), isLast: complete && rows.length <= top };
};

/** Row key that another page follows behind; undefined on the last page. */
export const nextKeyOf = ({ rows, isLast }: FirstRows<{ readonly rowKey: string }>): { next?: string } => {
  const last = rows.at(-1)?.rowKey;
  return isLast || last === undefined ? {} : { next: last };
};
