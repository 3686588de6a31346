import { odata } from '@azure/data-tables';
import { invertedTime, shards } from '../../job/jobId.ts';
import type { SweepStore } from '../../job/sweep.ts';
import type { SweepWindow } from '../../job/sweepWindow.ts';
import { jobOfRowOr } from './jobOfRow.ts';
import { columnsOfJob, columnsOfLists, type JobRow } from './jobRow.ts';
import { rowPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

const bookmark = { partitionKey: 'sweeper', rowKey: 'bookmark' } as const;

type EntityRow = JobRow & { readonly etag: string };

/** Every row that matches, page by page. */
async function* rowsWhere(
  table: TableAccess,
  filter: string,
  select: readonly string[],
): AsyncGenerator<EntityRow> {
  const query = { filter, select: [...select] };
  for await (const { rows } of rowPages<JobRow>(table, 'Sweeping', query)) yield* rows;
}

const unstartedIn = (shard: string, window: SweepWindow, createdBefore: Date): string =>
  [
    odata`PartitionKey eq ${shard}`,
    odata`RowKey ge ${`j${invertedTime(window.toMs)}`} and RowKey lt ${`j${invertedTime(window.fromMs)}~`}`,
    odata`status eq 'WaitingForResources' and attention eq false`,
    odata`createdOn lt ${createdBefore.toISOString()}`,
  ].join(' and ');

const overdueIn = (shard: string, modifiedBefore: Date, dueBefore: Date): string => {
  const moving = ['WaitingForResources', 'InProgress', 'Pausing', 'Canceling']
    .map((status) => odata`status eq ${status}`)
    .join(' or ');
  const stuck = odata`modifiedOn lt ${modifiedBefore.toISOString()}`;
  const late = odata`status eq 'Waiting' and postponeUntil lt ${dueBefore.toISOString()}`;
  const keys = odata`PartitionKey eq ${shard} and RowKey ge 'a' and RowKey lt 'b'`;
  return `${keys} and (((${moving}) and ${stuck}) or (${late}))`;
};

/** The shards, beginning with any of them. */
const shardsFrom = (first: number): readonly string[] => {
  const at = first % shards.length;
  return [...shards.slice(at), ...shards.slice(0, at)];
};

/** Reads what the sweeper looks for, and keeps how far it came. */
export const sweepQueries = (table: TableAccess): Omit<SweepStore, 'update'> => ({
  readSweptUntil: async () => {
    const row = await table.request<{ sweptUntil: string }, 404>(
      'Reading the bookmark of the sweeper',
      (client, abortSignal) => client.getEntity(bookmark.partitionKey, bookmark.rowKey, { abortSignal }),
      [404],
    );
    const ms = row === 404 ? Number.NaN : Date.parse(row.sweptUntil);
    return Number.isNaN(ms) ? undefined : ms;
  },
  writeSweptUntil: async (ms) => {
    const row = { ...bookmark, sweptUntil: new Date(ms).toISOString() };
    await table.request('Writing the bookmark of the sweeper', (client, abortSignal) =>
      client.upsertEntity(row, 'Replace', { abortSignal }),
    );
  },
  async *listUnstarted(window, createdBefore, unreadable) {
    for (const shard of shards) {
      for await (const row of rowsWhere(table, unstartedIn(shard, window, createdBefore), columnsOfJob)) {
        const job = jobOfRowOr(unreadable, row);
        if (job !== undefined) yield { job, version: row.etag };
      }
    }
  },
  async *listOverdue(modifiedBefore, dueBefore, unreadable) {
    // The milliseconds at which a sweep begins are as good as chance.
    for (const shard of shardsFrom(modifiedBefore.getTime())) {
      const filter = overdueIn(shard, modifiedBefore, dueBefore);
      for await (const row of rowsWhere(table, filter, columnsOfLists)) {
        const job = jobOfRowOr(unreadable, row);
        if (job !== undefined) yield job;
      }
    }
  },
});
