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
