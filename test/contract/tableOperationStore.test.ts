import { describe, expect, it, onTestFinished } from 'vitest';
import { startFaultProxy } from '../../local/proxy/faultProxy.ts';
import { tableOperationStore } from '../../shared/azure/tables/tableOperationStore.ts';
import { UnreadableOperation } from '../../shared/operation/unreadableOperation.ts';
import { operationWith } from '../support/operations.ts';
import { operationStoreSuite } from '../support/operationStoreSuite.ts';
import { isRealAccount, storageName, tableStorage } from '../support/tableStorage.ts';

describe(`the store of bulk operations in Table Storage (${storageName})`, () => {
  const { nextTable, nextTableThrough, azuritePort } = tableStorage('Operations');

  operationStoreSuite(async () => tableOperationStore(nextTable()));

  it.skipIf(isRealAccount)(
    'has an operation once whose answer got lost, and says so: no 503 for what the sweeper would start (B-12; Azurite only, since answers get lost in a proxy without TLS)',
    async () => {
      const proxy = await startFaultProxy(azuritePort());
      onTestFinished(() => proxy.close());
      const store = tableOperationStore(nextTableThrough(proxy.port));
      const before = await store.insert(operationWith({}, 1));
      let lost = 0;
      proxy.setTrap({
        at: 'answer',
        matches: (request) => request.startsWith('POST '),
        trip: () => {
          lost += 1;
          return 'drop';
        },
      });
      const operation = operationWith({ reason: 'once' }, 2);
      const stored = await store.insert(operation);
      expect(lost).toBe(1);
      expect(await store.read(operation.id)).toEqual(stored);
      expect(stored.version).not.toBe('*');
      expect((await store.list({ top: 10 })).operations).toHaveLength(2);
      expect(before.version).not.toBe(stored.version);
    },
  );

  it.each([
    ['damaged progress', { progress: '{"st' }],
    ['no time', { modifiedOn: 'yesterday' }],
    ['an action of a later version', { action: 'translate' }],
    ['a status of a later version', { status: 'Translating' }],
    ['a phase of a later version', { phase: 'translating' }],
  ])(
    'leaves a row with %s out of its list, and names it with what is wrong (B-14)',
    async (_what, damage) => {
      const table = nextTable();
      const store = tableOperationStore(table);
      const [good, bad] = [operationWith({}, 1), operationWith({}, 2)];
      await store.insert(good);
      await store.insert(bad);
      await table.request('Damaging', (client) =>
        client.updateEntity({ partitionKey: 'operations', rowKey: bad.id, ...damage }, 'Merge'),
      );
      const { operations, unreadable } = await store.list({ top: 10 });
      expect(operations.map(({ id }) => id)).toEqual([good.id]);
      expect(unreadable).toMatchObject([
        { id: bad.id, message: expect.stringContaining('Its row cannot be read') as string },
      ]);
      await expect(store.read(bad.id)).rejects.toThrow(UnreadableOperation);
    },
  );
});
