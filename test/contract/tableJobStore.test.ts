import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { Child } from '../../local/process/child.ts';
import { listJobs } from '../../shared/azure/tables/jobLister.ts';
import { sweepQueries } from '../../shared/azure/tables/sweepQueries.ts';
import { openTable, type TableAccess } from '../../shared/azure/tables/tableAccess.ts';
import { tableJobStore } from '../../shared/azure/tables/tableJobStore.ts';
import type { JobListQuery } from '../../shared/job/jobList.ts';
import { jobWith, nth } from '../support/jobs.ts';
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

  const nextTable = (): TableAccess => {
    tables += 1;
    const tableName = `Jobs${Date.now()}x${tables}`;
    return openTable({ connectionString, tableName, deadlineMs: 10_000 });
  };

  jobStoreSuite(async () => {
    const table = nextTable();
    return { ...tableJobStore(table), ...sweepQueries(table), list: (query) => listJobs(table, query) };
  });

  it('answers a page with as many requests for a thousand jobs as for a few (L-2)', async () => {
    const table = nextTable();
    const store = tableJobStore(table);
    let requests = 0;
    const counted: TableAccess = {
      request: (what, call, expected) => {
        requests += 1;
        return table.request(what, call, expected);
      },
    };
    const countPage = async (query: Partial<JobListQuery>): Promise<number> => {
      requests = 0;
      await listJobs(counted, { top: 50, ...query });
      return requests;
    };
    const insert = (n: number) => {
      const waiting = n % 2 === 0 ? ({ status: 'Waiting', attention: true } as const) : {};
      return store.insert(jobWith(nth(n), waiting), new Uint8Array());
    };
    for (let n = 0; n < 16; n += 1) await insert(n);
    const few = [await countPage({}), await countPage({ status: 'Waiting' })];
    for (let n = 16; n < 1016; n += 40)
      await Promise.all(Array.from({ length: 40 }, (_, k) => insert(n + k)));
    expect([await countPage({}), await countPage({ status: 'Waiting' })]).toEqual(few);
    expect(few).toEqual([16, 16]);
  });
});
