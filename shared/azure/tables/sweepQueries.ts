import { odata } from '@azure/data-tables';
import { invertedTime, shards } from '../../job/jobId.ts';
import type { SweepWindow } from '../../job/sweepWindow.ts';
import type { StoredJob, SystemJob } from '../../job/systemJob.ts';
import { columnsOfJob, columnsOfLists, jobOfRow, type JobRow } from './jobRow.ts';
import type { TableAccess } from './tableAccess.ts';

/** Reads what the sweeper looks for, and keeps how far it came. */
export interface SweepQueries {
  readSweptUntil(): Promise<number | undefined>;
  writeSweptUntil(ms: number): Promise<void>;
  listUnstarted(window: SweepWindow, createdBefore: Date): AsyncIterable<StoredJob>;
  listOverdue(modifiedBefore: Date, dueBefore: Date): AsyncIterable<SystemJob>;
}

const bookmark = { partitionKey: 'sweeper', rowKey: 'bookmark' } as const;

type EntityRow = JobRow & { readonly etag: string };

/** Every row that matches, page by page. */
async function* rowsWhere(
  table: TableAccess,
  filter: string,
  select: readonly string[],
): AsyncGenerator<EntityRow> {
  let continuationToken: string | undefined;
  do {
    const from = continuationToken;
    const page = await table.request('Sweeping', async (client, abortSignal) => {
      const pages = client
        .listEntities<JobRow>({ queryOptions: { filter, select: [...select] }, abortSignal })
        .byPage(from === undefined ? {} : { continuationToken: from });
      const next = await pages.next();
      return next.done === true ? undefined : next.value;
    });
    yield* page ?? [];
    continuationToken = page?.continuationToken;
  } while (continuationToken !== undefined);
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

export const sweepQueries = (table: TableAccess): SweepQueries => ({
  readSweptUntil: async () => {
    const row = await table.request<{ sweptUntil: string }, 404>(
      'Reading the bookmark of the sweeper',
      (client, abortSignal) => client.getEntity(bookmark.partitionKey, bookmark.rowKey, { abortSignal }),
      [404],
    );
    return row === 404 ? undefined : Date.parse(row.sweptUntil);
  },
  writeSweptUntil: async (ms) => {
    const row = { ...bookmark, sweptUntil: new Date(ms).toISOString() };
    await table.request('Writing the bookmark of the sweeper', (client, abortSignal) =>
      client.upsertEntity(row, 'Replace', { abortSignal }),
    );
  },
  async *listUnstarted(window, createdBefore) {
    for (const shard of shards) {
      for await (const row of rowsWhere(table, unstartedIn(shard, window, createdBefore), columnsOfJob)) {
        yield { job: jobOfRow(row), version: row.etag };
      }
    }
  },
  async *listOverdue(modifiedBefore, dueBefore) {
    for (const shard of shards) {
      const filter = overdueIn(shard, modifiedBefore, dueBefore);
      for await (const row of rowsWhere(table, filter, columnsOfLists)) yield jobOfRow(row);
    }
  },
});
