import getPort from 'get-port';
import { afterAll, beforeAll, describe } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { listJobs } from '../../shared/azure/tables/jobLister.ts';
import { sweepQueries } from '../../shared/azure/tables/sweepQueries.ts';
import { openTable } from '../../shared/azure/tables/tableAccess.ts';
import { tableJobStore } from '../../shared/azure/tables/tableJobStore.ts';
import { jobStoreSuite } from '../support/jobStoreSuite.ts';

/** Runs against a real account instead when its connection string is given. */
const realAccount = process.env['TEST_STORAGE_CONNECTION'];

describe(`the job store in Table Storage (${realAccount === undefined ? 'Azurite' : 'a real account'})`, () => {
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

  jobStoreSuite(async () => {
    tables += 1;
    const tableName = `Jobs${Date.now()}x${tables}`;
    const table = openTable({ connectionString, tableName, deadlineMs: 10_000 });
    return { ...tableJobStore(table), ...sweepQueries(table), list: (query) => listJobs(table, query) };
  });
});
