import { odata } from '@azure/data-tables';
import { invertedTime } from '../../job/jobId.ts';
import { StoreError } from '../../job/storeError.ts';
import type { ListedOperation, StoredOperation } from '../../operation/operation.ts';
import type { OperationId } from '../../operation/operationId.ts';
import type { OperationStore } from '../../operation/operationStore.ts';
import { UnreadableOperation } from '../../operation/unreadableOperation.ts';
import { operationResults } from './operationResults.ts';
import {
  columnsOfLists,
  listedOfRow,
  operationOfRow,
  operationsPartition,
  progressColumns,
  requestColumns,
  type OperationRow,
} from './operationRow.ts';
import { firstRows, nextKeyOf, rowPages, type RowPage } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

type EntityRow = OperationRow & { readonly etag: string; readonly rowKey: string };

/** Requests of one search of the sweeper: it comes every minute, and operations are kept for 90 days only. */
const mostScans = 20;

const keysOf = (id: OperationId) => ({ partitionKey: operationsPartition, rowKey: id });

const readable = <Read>(row: EntityRow, read: (row: EntityRow) => Read): Read => {
  try {
    return read(row);
  } catch (error) {
    throw new UnreadableOperation(row.rowKey, error);
  }
};

const stored = (row: EntityRow): StoredOperation => ({
  operation: readable(row, operationOfRow),
  version: row.etag,
});

const behind = (after: string): string =>
  odata`PartitionKey eq ${operationsPartition} and RowKey gt ${after}`;

const listing = (
  table: TableAccess,
  filter: string,
  top: number,
  select: readonly string[],
): AsyncGenerator<RowPage<EntityRow>> =>
  rowPages(table, 'Listing operations', { filter, maxPageSize: top, select: [...select] });

const readOperation = async (table: TableAccess, id: OperationId): Promise<StoredOperation | undefined> => {
  const row = await table.request<EntityRow, 404>(
    'Reading the operation',
    (client, abortSignal) => client.getEntity<EntityRow>(operationsPartition, id, { abortSignal }),
    [404],
  );
  return row === 404 ? undefined : stored(row);
};

const readableOr = (unreadable: UnreadableOperation[], row: EntityRow): ListedOperation | undefined => {
  try {
    return readable(row, listedOfRow);
  } catch (error) {
    if (!(error instanceof UnreadableOperation)) throw error;
    unreadable.push(error);
    return undefined;
  }
};

/** The store of bulk operations in Table Storage, in the table of the jobs. */
export const tableOperationStore = (table: TableAccess): OperationStore => ({
  insert: async (operation) => {
    const row = { ...keysOf(operation.id), ...requestColumns(operation), ...progressColumns(operation) };
    const answer = await table.request<{ readonly etag?: string }, 409>(
      'Storing the operation',
      (client, abortSignal) => client.createEntity(row, { abortSignal }),
      [409],
    );
    if (answer !== 409) return { operation, version: answer.etag ?? '*' };
    const found = await readOperation(table, operation.id);
    if (found === undefined) throw new StoreError('Storing the operation failed: it is there, and is not.');
    return found;
  },
  read: (id) => readOperation(table, id),
  update: async ({ version: etag }, after) => {
    const row = { ...keysOf(after.id), ...progressColumns(after) };
    const answer = await table.request<{ readonly etag?: string }, 404 | 412>(
      'Updating the operation',
      (client, abortSignal) => client.updateEntity(row, 'Merge', { etag, abortSignal }),
      [404, 412],
    );
    return answer === 404 || answer === 412 ? 'changed' : { operation: after, version: answer.etag ?? '*' };
  },
  ...operationResults(table),
  list: async ({ top, after = '' }) => {
    const found = await firstRows(listing(table, behind(after), top, columnsOfLists), top);
    const unreadable: UnreadableOperation[] = [];
    const operations = found.rows.flatMap((row) => readableOr(unreadable, row) ?? []);
    return { operations, unreadable, ...nextKeyOf(found) };
  },
  listStalled: async (modifiedBefore) => {
    const filter = [
      odata`PartitionKey eq ${operationsPartition}`,
      odata`phase ne 'over' and modifiedOn lt ${modifiedBefore.toISOString()}`,
    ].join(' and ');
    const { rows } = await firstRows(listing(table, filter, 100, ['RowKey', 'modifiedOn']), 100, mostScans);
    return rows.map(({ rowKey, modifiedOn }) => ({ id: rowKey, modifiedOn: new Date(String(modifiedOn)) }));
  },
  listOver: async (createdBefore, top) => {
    const filter = `${behind(`${invertedTime(createdBefore.getTime())}~`)} and phase eq 'over'`;
    const { rows } = await firstRows(listing(table, filter, top, ['RowKey']), top, mostScans);
    return rows.map(({ rowKey }) => rowKey);
  },
  remove: async (id) => {
    await table.request<unknown, 404>(
      'Removing the operation',
      (client, abortSignal) => client.deleteEntity(operationsPartition, id, { abortSignal }),
      [404],
    );
  },
});
