import type { TableEntityQueryOptions, TableEntityResult } from '@azure/data-tables';
import type { TableAccess } from './tableAccess.ts';

export interface RowPage<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  /** Nothing comes after it. */
  readonly isLast: boolean;
}

/**
 * What a query finds, page by page: one request, with its own deadline, for each. A query that scans may be answered
 * with short pages, even empty ones.
 *
 * @param maxPageSize rows of a page; as many as the service gives, a thousand, when undefined.
 */
export async function* rowPages<Row extends object>(
  table: TableAccess,
  what: string,
  queryOptions: TableEntityQueryOptions,
  maxPageSize?: number,
): AsyncGenerator<RowPage<Row>> {
  let continuationToken: string | undefined;
  do {
    const settings = {
      ...(maxPageSize === undefined ? {} : { maxPageSize }),
      ...(continuationToken === undefined ? {} : { continuationToken }),
    };
    const page = await table.request(what, async (client, abortSignal) => {
      const next = await client.listEntities<Row>({ queryOptions, abortSignal }).byPage(settings).next();
      return next.done === true ? undefined : next.value;
    });
    continuationToken = page?.continuationToken;
    yield { rows: page ?? [], isLast: continuationToken === undefined };
  } while (continuationToken !== undefined);
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
