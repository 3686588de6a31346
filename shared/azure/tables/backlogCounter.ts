import { odata } from '@azure/data-tables';
import type { Backlog, BacklogStore } from '../../gate/backlog.ts';
import { shards } from '../../job/jobId.ts';
import { readPages, rowPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

/** Requests spent on one shard; each gives up to a thousand entries. */
const mostRequests = 5;

/** Counting is cut short as well when it took this long: a person waits for it. */
const mostMs = 5000;

interface EntryRow {
  readonly endpoint?: unknown;
  readonly held?: unknown;
}

/** Jobs that rest go on only when a person says so. */
const onItsWay = ['Waiting', 'WaitingForResources', 'InProgress']
  .map((status) => odata`status eq ${status}`)
  .join(' or ');

const filterOf = (shard: string): string =>
  `${odata`PartitionKey eq ${shard} and RowKey ge 'a' and RowKey lt 'b'`} and (${onItsWay})`;

const entriesOf = (table: TableAccess, shard: string, endsAtMs: number) => {
  const query = { filter: filterOf(shard), select: ['endpoint', 'held'] };
  return readPages(
    rowPages<EntryRow>(table, 'Counting the backlog', query),
    (requests) => requests >= mostRequests || table.elapsedMs() > endsAtMs,
  );
};

const none: Backlog = { backlog: 0, held: 0 };

/** Counts in the attention index: 16 requests, 80 at most. */
export const backlogCounter = (table: TableAccess): BacklogStore => ({
  countBacklog: async () => {
    const endsAtMs = table.elapsedMs() + mostMs;
    const scans = await Promise.all(shards.map((shard) => entriesOf(table, shard, endsAtMs)));
    const byEndpoint = new Map<string, Backlog>();
    for (const row of scans.flatMap(({ rows }) => rows)) {
      const name = String(row.endpoint);
      const { backlog, held } = byEndpoint.get(name) ?? none;
      byEndpoint.set(name, { backlog: backlog + 1, held: held + (row.held === true ? 1 : 0) });
    }
    return { byEndpoint, complete: scans.every(({ complete }) => complete) };
  },
});
