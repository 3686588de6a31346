import { odata, type TransactionAction } from '@azure/data-tables';
import { shardOfJobId, shards, type JobId } from '../../job/jobId.ts';
import type { OperationId } from '../../operation/operationId.ts';
import type { OldOperationStore, ResultQuery, ResultStore } from '../../operation/operationStore.ts';
import { resultColumns, resultOfRow, resultsPartition, type OperationRow } from './operationRow.ts';
import { firstRows, inTurn, nextKeyOf, rowPages, type RowPage } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

type ResultRow = OperationRow & { readonly rowKey: string };

const keysOf = (id: OperationId, jobId: JobId) => ({
  partitionKey: resultsPartition(id, shardOfJobId(jobId)),
  rowKey: jobId,
});

/**
 * The rows behind one of them, or all, in at most two ranges: the rest of its partition and those that follow. One
 * filter with an "or" would be one range less, but the service may look through the whole table for it.
 */
const rangesBehind = (id: OperationId, after: JobId | undefined): readonly string[] => {
  const partitions = shards.map((shard) => resultsPartition(id, shard));
  const [first = '', last = ''] = [partitions.at(0), partitions.at(-1)];
  if (after === undefined) return [odata`PartitionKey ge ${first} and PartitionKey le ${last}`];
  const { partitionKey, rowKey } = keysOf(id, after);
  return [
    odata`PartitionKey eq ${partitionKey} and RowKey gt ${rowKey}`,
    odata`PartitionKey gt ${partitionKey} and PartitionKey le ${last}`,
  ];
};

const wanted = ({ pending }: ResultQuery): string =>
  [
    ...(pending === undefined ? [] : [odata`outcome eq 'pending'`]),
    ...(pending?.step === undefined ? [] : [odata`step eq ${pending.step}`]),
  ]
    .map((condition) => ` and ${condition}`)
    .join('');

const resultPages = (
  table: TableAccess,
  id: OperationId,
  query: ResultQuery,
): AsyncGenerator<RowPage<ResultRow>> =>
  inTurn(
    ...rangesBehind(id, query.after).map((range) =>
      rowPages<ResultRow>(table, 'Listing results', {
        filter: range + wanted(query),
        maxPageSize: query.top,
      }),
    ),
  );

/** Rows of one transaction: fewer than the hundred there may be, since others wait behind it. */
const rowsTogether = 20;

/** Writes to results, in transactions of one partition each. */
const submit = async <Item extends { readonly jobId: JobId }>(
  table: TableAccess,
  what: string,
  items: readonly Item[],
  actionOf: (item: Item) => TransactionAction,
): Promise<void> => {
  for (const shard of shards) {
    const ofShard = items.filter(({ jobId }) => shardOfJobId(jobId) === shard);
    for (let at = 0; at < ofShard.length; at += rowsTogether) {
      const actions = ofShard.slice(at, at + rowsTogether).map(actionOf);
      await table.request(what, (client, abortSignal) => client.submitTransaction(actions, { abortSignal }));
    }
  }
};

/** The results of bulk operations in Table Storage. */
export const operationResults = (
  table: TableAccess,
): ResultStore & Pick<OldOperationStore, 'removeResults'> => ({
  putResults: (id, results) =>
    submit(table, 'Storing results', results, (result) => [
      'upsert',
      { ...keysOf(id, result.jobId), ...resultColumns(result) },
      'Replace',
    ]),
  putOutcomes: (id, outcomes) =>
    submit(table, 'Storing outcomes', outcomes, ({ jobId, outcome }) => [
      'upsert',
      { ...keysOf(id, jobId), outcome },
      'Merge',
    ]),
  results: async (id, query) => {
    const found = await firstRows(resultPages(table, id, query), query.top);
    return { results: found.rows.map(resultOfRow), ...nextKeyOf(found) };
  },
  readResult: async (id, jobId) => {
    const { partitionKey, rowKey } = keysOf(id, jobId);
    const row = await table.request<ResultRow, 404>(
      'Reading a result',
      (client, abortSignal) => client.getEntity<ResultRow>(partitionKey, rowKey, { abortSignal }),
      [404],
    );
    return row === 404 ? undefined : resultOfRow(row);
  },
  removeResults: async (id) => {
    const { rows, isLast } = await firstRows(resultPages(table, id, { top: 100 }), 100);
    await submit(
      table,
      'Removing results',
      rows.map(({ rowKey }) => ({ jobId: rowKey })),
      ({ jobId }) => ['delete', keysOf(id, jobId)],
    );
    return isLast;
  },
});
