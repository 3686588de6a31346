import { odata } from '@azure/data-tables';
import type { HourCounts, HourRow } from '../../gate/statistics.ts';
import type { StatisticsStore } from '../../gate/statisticsKeeper.ts';
import type { TableAccess } from './tableAccess.ts';

/** Partition of the counts, beside the jobs; the row key begins with the hour, so that the last ones are a range. */
const partitionKey = 'statistics';

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
  listHours: (fromHour, endpoint) =>
    table.request<readonly HourRow[]>('Reading statistics', async (client, abortSignal) => {
      const queryOptions = { filter: filterOf(fromHour, endpoint) };
      const rows: HourRow[] = [];
      for await (const row of client.listEntities<CountsRow>({ queryOptions, abortSignal })) {
        rows.push(hourRow(row));
      }
      return rows;
    }),
});
