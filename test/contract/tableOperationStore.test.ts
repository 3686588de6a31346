import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { openTable, type TableAccess } from '../../shared/azure/tables/tableAccess.ts';
import { tableOperationStore } from '../../shared/azure/tables/tableOperationStore.ts';
import { operationWith } from '../support/operations.ts';
import { operationStoreSuite } from '../support/operationStoreSuite.ts';

/** Runs against a real account instead when its connection string is given. */
const realAccount = process.env['TEST_STORAGE_CONNECTION'];

describe(`the store of bulk operations in Table Storage (${realAccount === undefined ? 'Azurite' : 'a real account'})`, () => {
  let azurite: Child<unknown> | undefined;
  let connectionString = realAccount ?? '';
  let tables = 0;
  beforeAll(async () => {
    if (realAccount !== undefined) return;
    const port = await getPort();
    azurite = await startAzurite({ port });
    connectionString = azuriteConnectionString(port);
  });
  afterAll(() => azurite?.stop());

  const nextTable = (): TableAccess => {
    tables += 1;
    const tableName = `Operations${Date.now()}x${tables}`;
    return openTable({ connectionString, tableName, deadlineMs: 10_000, elapsedMs: () => performance.now() });
  };

  operationStoreSuite(async () => tableOperationStore(nextTable()));

  it('leaves out of its list a row that cannot be read, and names it', async () => {
    const table = nextTable();
    const store = tableOperationStore(table);
    const [good, bad] = [operationWith({}, 1), operationWith({}, 2)];
    await store.insert(good);
    await store.insert(bad);
    await table.request('Damaging', (client) =>
      client.updateEntity({ partitionKey: 'operations', rowKey: bad.id, progress: '{"st' }, 'Merge'),
    );
    const { operations, unreadable } = await store.list({ top: 10 });
    expect(operations.map(({ id }) => id)).toEqual([good.id]);
    expect(unreadable).toEqual([bad.id]);
    await expect(store.read(bad.id)).rejects.toThrow();
  });
});
