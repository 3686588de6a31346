import { describe, expect, it } from 'vitest';
import { backlogCounter } from '../../../shared/azure/tables/backlogCounter.ts';
import type { TableAccess } from '../../../shared/azure/tables/tableAccess.ts';

/** A table service that has more entries than anybody counts, one for each request. */
const endlessTable = (msOfRequest: number) => {
  let requests = 0;
  const page = Object.assign([{ endpoint: 'orders', held: false }], { continuationToken: 'more' });
  const client = {
    listEntities: () => ({ byPage: () => ({ next: async () => ({ done: false, value: page }) }) }),
  };
  const table = {
    // Requests to the shards run beside each other.
    elapsedMs: () => (requests / 16) * msOfRequest,
    request: async (_what: string, work: (client: unknown, signal: unknown) => Promise<unknown>) => {
      requests += 1;
      return work(client, undefined);
    },
  } as unknown as TableAccess;
  return { table, requests: () => requests };
};

describe('counting the backlog', () => {
  it('ends after five requests to each shard, and says that there is more', async () => {
    const { table, requests } = endlessTable(1);
    const { byEndpoint, complete } = await backlogCounter(table).countBacklog();
    expect(requests()).toBe(16 * 5);
    expect(byEndpoint.get('orders')).toEqual({ backlog: 16 * 5, held: 0 });
    expect(complete).toBe(false);
  });

  it('is cut short when it takes long, since a person waits for it', async () => {
    const { table, requests } = endlessTable(6000);
    const { complete } = await backlogCounter(table).countBacklog();
    expect(requests()).toBeLessThan(16 * 3);
    expect(complete).toBe(false);
  });
});
