import { odata } from '@azure/data-tables';
import type { HeldJobs, HeldStore } from '../../gate/recovery.ts';
import { shards } from '../../job/jobId.ts';
import { jobIdOfRowKey } from './jobRow.ts';
import type { TableAccess } from './tableAccess.ts';

/** Requests spent on one shard; each gives up to a thousand entries. The index is newest first, the oldest come last. */
const mostRequests = 20;

interface Keys {
  readonly keys: readonly string[];
  readonly complete: boolean;
}

const keysIn = async (table: TableAccess, shard: string, endpoint: string): Promise<Keys> => {
  const filter = odata`PartitionKey eq ${shard} and RowKey ge 'a' and RowKey lt 'b' and held eq true and endpoint eq ${endpoint}`;
  const keys: string[] = [];
  let continuationToken: string | undefined;
  for (let requests = 1; requests <= mostRequests; requests += 1) {
    const from = continuationToken;
    const page = await table.request('Listing held jobs', async (client, abortSignal) => {
      const pages = client
        .listEntities<{ rowKey: string }>({ queryOptions: { filter, select: ['RowKey'] }, abortSignal })
        .byPage(from === undefined ? {} : { continuationToken: from });
      const next = await pages.next();
      return next.done === true ? undefined : next.value;
    });
    keys.push(...(page ?? []).map(({ rowKey }) => rowKey));
    continuationToken = page?.continuationToken;
    if (continuationToken === undefined) break;
  }
  return { keys, complete: continuationToken === undefined };
};

/** Finds held jobs in the attention index: a request to each shard, more when many jobs are held. */
export const heldLister = (table: TableAccess): HeldStore => ({
  listHeld: async (endpoint, most): Promise<HeldJobs> => {
    const found = await Promise.all(shards.map((shard) => keysIn(table, shard, endpoint)));
    const oldestFirst = found.flatMap(({ keys }) => keys).sort((one, other) => (one < other ? 1 : -1));
    return {
      ids: oldestFirst.slice(0, most).map(jobIdOfRowKey),
      complete: found.every(({ complete }) => complete),
    };
  },
});
