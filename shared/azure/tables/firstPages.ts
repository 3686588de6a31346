import type { TableEntityQueryOptions, TableEntityResult } from '@azure/data-tables';
import type { TableAccess } from './tableAccess.ts';

/** Rows as far as they were read. */
export interface RowsRead<Row extends object> {
  readonly rows: readonly TableEntityResult<Row>[];
  /** False when there are more. */
  readonly complete: boolean;
}

/** Reads what a query finds: one request, with its own deadline, for each page of up to a thousand rows. */
export const firstPages = async <Row extends object>(
  table: TableAccess,
  what: string,
  queryOptions: TableEntityQueryOptions,
  mostRequests: number,
): Promise<RowsRead<Row>> => {
  const rows: TableEntityResult<Row>[] = [];
  let continuationToken: string | undefined;
  for (let requests = 1; requests <= mostRequests; requests += 1) {
    const from = continuationToken;
    const page = await table.request(what, async (client, abortSignal) => {
      const pages = client
        .listEntities<Row>({ queryOptions, abortSignal })
        .byPage(from === undefined ? {} : { continuationToken: from });
      const next = await pages.next();
      return next.done === true ? undefined : next.value;
    });
    rows.push(...(page ?? []));
    continuationToken = page?.continuationToken;
    if (continuationToken === undefined) break;
  }
  return { rows, complete: continuationToken === undefined };
};
