import getPort from 'get-port';
import { afterAll, beforeAll } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { openTable, type TableAccess } from '../../shared/azure/tables/tableAccess.ts';

/** Runs against a real account instead when its connection string is given. */
const realAccount = process.env['TEST_STORAGE_CONNECTION'];

export const isRealAccount = realAccount !== undefined;

/** What a suite runs against, for its title. */
export const storageName = isRealAccount ? 'a real account' : 'Azurite';

const waits = { deadlineMs: 10_000, elapsedMs: () => performance.now() };

export interface TableStorage {
  /** A table that no other test knows. */
  readonly nextTable: () => TableAccess;
  /** The same by way of a port that leads to Azurite. */
  readonly nextTableThrough: (port: number) => TableAccess;
  readonly azuritePort: () => number;
}

/**
 * Table Storage for a suite; called in its `describe`, whose hooks start and stop it.
 *
 * @param prefix of the names of its tables.
 */
export const tableStorage = (prefix: string): TableStorage => {
  let azurite: Child<unknown> | undefined;
  let port = 0;
  let tables = 0;
  beforeAll(async () => {
    if (isRealAccount) return;
    port = await getPort();
    azurite = await startAzurite({ port });
  });
  afterAll(() => azurite?.stop());

  const open = (connectionString: string): TableAccess => {
    tables += 1;
    return openTable({ connectionString, tableName: `${prefix}${Date.now()}x${tables}`, ...waits });
  };
  return {
    nextTable: () => open(realAccount ?? azuriteConnectionString(port)),
    nextTableThrough: (other) => open(azuriteConnectionString(other)),
    azuritePort: () => port,
  };
};
