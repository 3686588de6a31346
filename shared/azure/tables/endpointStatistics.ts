import { odata, type TransactionAction } from '@azure/data-tables';
import type { HourCounts, HourRow } from '../../gate/statistics.ts';
import type { StatisticsStore } from '../../gate/statisticsKeeper.ts';
import { firstPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

/** Partition of the counts, beside the jobs; the row key begins with the hour, so that the last ones are a range. */
const partitionKey = 'statistics';

/** Requests of a list; each gives up to a thousand rows, and there is one for each hour, endpoint and instance. */
const mostRequests = 20;

/** The service's limit. */
const mostInTransaction = 100;

interface KeysOfRow {
  readonly partitionKey: string;
  readonly rowKey: string;
}

interface CountsRow {
  readonly hour?: unknown;
  readonly endpoint?: unknown;
  readonly instance?: unknown;
  readonly counts?: unknown;
}

const hourRow = ({ hour, endpoint, instance, counts }: CountsRow): HourRow => ({
  hour: String(hour),
  endpoint: String(endpoint),
  instance: String(instance),
  counts: JSON.parse(String(counts)) as HourCounts,
});

const filterOf = (fromHour: string, endpoint: string | undefined): string => {
  const range = odata`PartitionKey eq ${partitionKey} and RowKey ge ${fromHour}`;
  return endpoint === undefined ? range : `${range} and ${odata`endpoint eq ${endpoint}`}`;
};

/** The counts of endpoints in Table Storage. */
export const endpointStatistics = (table: TableAccess): StatisticsStore => ({
  putHour: async ({ hour, endpoint, instance, counts }) => {
    const row = {
      partitionKey,
      rowKey: `${hour}~${endpoint}~${instance}`,
      hour,
      endpoint,
      instance,
      counts: JSON.stringify(counts),
    };
    await table.request('Writing statistics', (client, abortSignal) =>
      client.upsertEntity(row, 'Merge', { abortSignal }),
    );
  },
  listHours: async (fromHour, endpoint) => {
    const filter = filterOf(fromHour, endpoint);
    const { rows } = await firstPages<CountsRow>(table, 'Reading statistics', { filter }, mostRequests);
    return rows.map(hourRow);
  },
  removeHours: async (beforeHour) => {
    const filter = odata`PartitionKey eq ${partitionKey} and RowKey lt ${beforeHour}`;
    const query = { filter, select: ['PartitionKey', 'RowKey'] };
    const { rows } = await firstPages<KeysOfRow>(table, 'Looking for old statistics', query, 1);
    const deletes = rows
      .slice(0, mostInTransaction)
      .map(({ partitionKey, rowKey }): TransactionAction => ['delete', { partitionKey, rowKey }]);
    if (deletes.length === 0) return 0;
    await table.request<unknown, 404>(
      'Removing old statistics',
      (client, abortSignal) => client.submitTransaction(deletes, { abortSignal }),
      [404],
    );
    return deletes.length;
  },
});
