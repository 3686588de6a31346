import { odata } from '@azure/data-tables';
import type { HeldJobs, HeldStore } from '../../gate/recovery.ts';
import { shards } from '../../job/jobId.ts';
import { jobIdOfRowKey } from './jobRow.ts';
import { firstPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

/** Requests spent on one shard; each gives up to a thousand entries. The index is newest first, the oldest come last. */
const mostRequests = 20;

const keysIn = (table: TableAccess, shard: string, endpoint: string) => {
  const filter = odata`PartitionKey eq ${shard} and RowKey ge 'a' and RowKey lt 'b' and held eq true and endpoint eq ${endpoint}`;
  const query = { filter, select: ['RowKey'] };
  return firstPages<{ rowKey: string }>(table, 'Listing held jobs', query, mostRequests);
};

/** Finds held jobs in the attention index: a request to each shard, more when many jobs are held. */
export const heldLister = (table: TableAccess): HeldStore => ({
  listHeld: async (endpoint, most): Promise<HeldJobs> => {
    const found = await Promise.all(shards.map((shard) => keysIn(table, shard, endpoint)));
    const keys = found.flatMap(({ rows }) => rows.map(({ rowKey }) => rowKey));
    const oldestFirst = keys.sort((one, other) => (one < other ? 1 : -1));
    return {
      ids: oldestFirst.slice(0, most).map(jobIdOfRowKey),
      complete: found.every(({ complete }) => complete),
    };
  },
});
