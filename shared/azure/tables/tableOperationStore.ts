import { odata, type TransactionAction } from '@azure/data-tables';
import { invertedTime } from '../../job/jobId.ts';
import { StoreError } from '../../job/storeError.ts';
import type { ListedOperation, StoredOperation } from '../../operation/operation.ts';
import type { OperationId } from '../../operation/operationId.ts';
import type { OperationStore, ResultQuery } from '../../operation/operationStore.ts';
import { UnreadableOperation } from '../../operation/unreadableOperation.ts';
import {
  columnsOfLists,
  listedOfRow,
  operationOfRow,
  operationsPartition,
  progressColumns,
  requestColumns,
  resultColumns,
  resultOfRow,
  resultsPartition,
  type OperationRow,
} from './operationRow.ts';
import { readPages, rowPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

type EntityRow = OperationRow & { readonly etag: string; readonly rowKey: string };

interface Found {
  readonly rows: readonly EntityRow[];
  readonly isLast: boolean;
}

/** The first `top` rows that match; the service may answer a query that scans in several pieces. */
const firstRows = async (
  table: TableAccess,
  filter: string,
  top: number,
  select: readonly string[] | undefined,
  mostRequests = Number.POSITIVE_INFINITY,
): Promise<Found> => {
  const query = { filter, maxPageSize: top, ...(select === undefined ? {} : { select: [...select] }) };
  const { rows, complete } = await readPages(
    rowPages<EntityRow>(table, 'Listing operations', query),
    (requests, found) => found >= top || requests >= mostRequests,
  );
  return { rows: rows.slice(0, top), isLast: complete && rows.length <= top };
};

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

const behind = (partition: string, after: string | undefined): string =>
  odata`PartitionKey eq ${partition} and RowKey gt ${after ?? ''}`;

const readRow = async (
  table: TableAccess,
  what: string,
  partition: string,
  key: string,
): Promise<EntityRow | undefined> => {
  const row = await table.request<EntityRow, 404>(
    what,
    (client, abortSignal) => client.getEntity<EntityRow>(partition, key, { abortSignal }),
    [404],
  );
  return row === 404 ? undefined : row;
};

const readOperation = async (table: TableAccess, id: OperationId): Promise<StoredOperation | undefined> => {
  const row = await readRow(table, 'Reading the operation', operationsPartition, id);
  return row === undefined ? undefined : stored(row);
};

const resultsFilter = (id: OperationId, { after, pending }: ResultQuery): string =>
  [
    behind(resultsPartition(id), after),
    ...(pending === undefined ? [] : [odata`outcome eq 'pending'`]),
    ...(pending?.step === undefined ? [] : [odata`step eq ${pending.step}`]),
  ].join(' and ');

/** Rows of one transaction: fewer than the hundred there may be, since others wait behind it. */
const rowsTogether = 20;

const submit = async (
  table: TableAccess,
  what: string,
  actions: readonly TransactionAction[],
): Promise<void> => {
  for (let at = 0; at < actions.length; at += rowsTogether) {
    const together = actions.slice(at, at + rowsTogether);
    await table.request(what, (client, abortSignal) => client.submitTransaction(together, { abortSignal }));
  }
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

/** Last row key of a page that others follow. */
const nextOf = ({ rows, isLast }: Found): { next?: string } => {
  const last = rows.at(-1)?.rowKey;
  return isLast || last === undefined ? {} : { next: last };
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
  putResults: (id, results) =>
    submit(
      table,
      'Storing results',
      results.map((result) => {
        const keys = { partitionKey: resultsPartition(id), rowKey: result.jobId };
        return ['upsert', { ...keys, ...resultColumns(result) }, 'Replace'];
      }),
    ),
  putOutcomes: (id, outcomes) =>
    submit(
      table,
      'Storing outcomes',
      outcomes.map(({ jobId, outcome }) => {
        const keys = { partitionKey: resultsPartition(id), rowKey: jobId };
        return ['upsert', { ...keys, outcome }, 'Merge'];
      }),
    ),
  results: async (id, query) => {
    const found = await firstRows(table, resultsFilter(id, query), query.top, undefined);
    return { results: found.rows.map(resultOfRow), ...nextOf(found) };
  },
  readResult: async (id, jobId) => {
    const row = await readRow(table, 'Reading a result', resultsPartition(id), jobId);
    return row === undefined ? undefined : resultOfRow(row);
  },
  list: async ({ top, after }) => {
    const found = await firstRows(table, behind(operationsPartition, after), top, columnsOfLists);
    const unreadable: UnreadableOperation[] = [];
    const operations = found.rows.flatMap((row) => readableOr(unreadable, row) ?? []);
    return { operations, unreadable, ...nextOf(found) };
  },
  listStalled: async (modifiedBefore) => {
    const filter = [
      odata`PartitionKey eq ${operationsPartition}`,
      odata`phase ne 'over' and modifiedOn lt ${modifiedBefore.toISOString()}`,
    ].join(' and ');
    const { rows } = await firstRows(table, filter, 100, ['RowKey', 'modifiedOn'], mostScans);
    return rows.map(({ rowKey, modifiedOn }) => ({ id: rowKey, modifiedOn: new Date(String(modifiedOn)) }));
  },
  listOver: async (createdBefore, top) => {
    const older = behind(operationsPartition, `${invertedTime(createdBefore.getTime())}~`);
    const { rows } = await firstRows(table, `${older} and phase eq 'over'`, top, ['RowKey'], mostScans);
    return rows.map(({ rowKey }) => rowKey);
  },
  removeResults: async (id) => {
    const partitionKey = resultsPartition(id);
    const { rows, isLast } = await firstRows(table, behind(partitionKey, undefined), 100, ['RowKey']);
    const actions = rows.map(({ rowKey }): TransactionAction => ['delete', { partitionKey, rowKey }]);
    await submit(table, 'Removing results', actions);
    return isLast;
  },
  remove: async (id) => {
    await table.request<unknown, 404>(
      'Removing the operation',
      (client, abortSignal) => client.deleteEntity(operationsPartition, id, { abortSignal }),
      [404],
    );
  },
});
