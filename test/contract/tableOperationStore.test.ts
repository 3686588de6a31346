import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { startFaultProxy } from '../../local/proxy/faultProxy.ts';
import { openTable, type TableAccess } from '../../shared/azure/tables/tableAccess.ts';
import { tableOperationStore } from '../../shared/azure/tables/tableOperationStore.ts';
import { UnreadableOperation } from '../../shared/operation/unreadableOperation.ts';
import { operationWith } from '../support/operations.ts';
import { operationStoreSuite } from '../support/operationStoreSuite.ts';

/** Runs against a real account instead when its connection string is given. */
const realAccount = process.env['TEST_STORAGE_CONNECTION'];

const waits = { deadlineMs: 10_000, elapsedMs: () => performance.now() };

describe(`the store of bulk operations in Table Storage (${realAccount === undefined ? 'Azurite' : 'a real account'})`, () => {
  let azurite: Child<unknown> | undefined;
  let connectionString = realAccount ?? '';
  let azuritePort = 0;
  let tables = 0;
  beforeAll(async () => {
    if (realAccount !== undefined) return;
    azuritePort = await getPort();
    azurite = await startAzurite({ port: azuritePort });
    connectionString = azuriteConnectionString(azuritePort);
  });
  afterAll(() => azurite?.stop());

  const nextTable = (): TableAccess => {
    tables += 1;
    const tableName = `Operations${Date.now()}x${tables}`;
    return openTable({ connectionString, tableName, ...waits });
  };

  operationStoreSuite(async () => tableOperationStore(nextTable()));

  it.skipIf(realAccount !== undefined)(
    'has an operation once whose answer got lost, and says so: no 503 for what the sweeper would start (B-12; Azurite only, since answers get lost in a proxy without TLS)',
    async () => {
      const proxy = await startFaultProxy(azuritePort);
      onTestFinished(() => proxy.close());
      const tableName = `Lossy${Date.now()}`;
      const through = { connectionString: azuriteConnectionString(proxy.port), tableName };
      const store = tableOperationStore(openTable({ ...through, ...waits }));
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
