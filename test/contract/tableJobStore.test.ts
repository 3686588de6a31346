import type { TableEntity } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { endpointStates } from '../../shared/azure/tables/endpointStates.ts';
import { endpointStatistics } from '../../shared/azure/tables/endpointStatistics.ts';
import type { TableAccess } from '../../shared/azure/tables/tableAccess.ts';
import { tableJobStore } from '../../shared/azure/tables/tableJobStore.ts';
import { partitionKeyOf, rowKeyOf, type RowKind } from '../../shared/azure/tables/jobRow.ts';
import { columnsOfNewJob } from '../../shared/azure/tables/rowOfJob.ts';
import { summarize } from '../../shared/group/summary.ts';
import { countJobs } from '../../shared/operation/countJobs.ts';
import { shards } from '../../shared/job/jobId.ts';
import { UnusableToken, type JobListQuery } from '../../shared/job/jobList.ts';
import type { SystemJob } from '../../shared/job/systemJob.ts';
import { UnreadableJob } from '../../shared/job/unreadableJob.ts';
import { acceptedAt, jobWith, later, minutes, nth, operationTime } from '../support/jobs.ts';
import { jobStoreSuite } from '../support/jobStoreSuite.ts';
import { storageName, tableStorage } from '../support/tableStorage.ts';

describe(`the job store in Table Storage (${storageName})`, () => {
  const { nextTable } = tableStorage('Jobs');

  jobStoreSuite(async () => tableJobStore(nextTable()));

  describe('rows that cannot be read (L-4)', () => {
    const ids = (faults: readonly UnreadableJob[]): string[] => faults.map(({ id }) => id);
    const window = {
      fromMs: operationTime.getTime() - minutes(5),
      toMs: operationTime.getTime() + minutes(5),
    };
    const afterAll = later(acceptedAt, minutes(1));

    /** Two jobs of each kind, one readable and one not. */
    const damaged = async () => {
      const table = nextTable();
      const store = tableJobStore(table);
      const put = async (n: number, changes: Partial<SystemJob> = {}): Promise<SystemJob> => {
        const job = jobWith(nth(n), { name: `#${n}`, ...changes });
        await store.insert(job, new Uint8Array());
        return job;
      };
      const indexed = { status: 'Canceling', attention: true } as const;
      const [, later, , bare] = [await put(1), await put(2), await put(3, indexed), await put(4, indexed)];
      const lost = await put(5);
      const keys = (kind: RowKind, { id }: SystemJob) => ({
        partitionKey: partitionKeyOf(id),
        rowKey: rowKeyOf(kind, id),
      });
      await table.request('Damaging', async (client) => {
        await client.updateEntity({ ...keys('j', later), status: 'Translating' }, 'Merge');
        await client.updateEntity({ ...keys('j', lost), details: '{"bodyBy' }, 'Merge');
        const { status, modifiedOn } = { status: 'Canceling', modifiedOn: acceptedAt.toISOString() };
        await client.updateEntity({ ...keys('a', bare), status, modifiedOn }, 'Replace');
      });
      return { store, later, bare, lost };
    };

    it('are left out of lists, and named', async () => {
      const { store, later, bare, lost } = await damaged();
      const all = await store.list({ top: 10 });
      expect(all.jobs.map(({ name }) => name)).toEqual(['#4', '#3', '#1']);
      expect(ids(all.unreadable)).toEqual([lost.id, later.id]);
      expect(all.unreadable[1]?.message).toBe(
        `Row j${later.id} cannot be read: the status "Translating" is unknown.`,
      );
      const asked = await store.list({ top: 10, status: 'Canceling' });
      expect(asked.jobs.map(({ name }) => name)).toEqual(['#3']);
      expect(ids(asked.unreadable)).toEqual([bare.id]);
    });

    it('do not hold up a list that goes page by page', async () => {
      const { store } = await damaged();
      const names: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.list({ top: 1, ...(after === undefined ? {} : { after }) });
        names.push(...page.jobs.map(({ name }) => name));
        after = page.next;
      } while (after !== undefined);
      expect(names).toEqual(['#4', '#3', '#1']);
    });

    it('are left out of sweeps, and reported', async () => {
      const { store, bare, lost } = await damaged();
      const faults: UnreadableJob[] = [];
      const names: string[] = [];
      const report = (fault: UnreadableJob) => faults.push(fault);
      for await (const { job } of store.listUnstarted(window, afterAll, report)) names.push(job.name);
      for await (const job of store.listOverdue(afterAll, afterAll, report)) names.push(job.name);
      expect(names).toEqual(['#1', '#3']);
      expect(ids(faults)).toEqual([lost.id, bare.id]);
    });

    it('are an error that names the row for who reads the job', async () => {
      const { store, later, bare } = await damaged();
      await expect(store.read(later.id)).rejects.toThrow(UnreadableJob);
      await expect(store.read(later.id)).rejects.toThrow(`j${later.id}`);
      expect((await store.read(bare.id))?.job.name).toBe('#4');
    });
  });

  it('refuses a token with a forged part, whoever finds out', async () => {
    const store = tableJobStore(nextTable());
    await Promise.all(Array.from({ length: 3 }, (_, n) => store.insert(jobWith(nth(n)), new Uint8Array())));
    const { next = '' } = await store.list({ top: 1 });
    const token = JSON.parse(Buffer.from(next, 'base64url').toString()) as object;
    const forged = (part: string): Promise<unknown> => {
      const behind = Object.fromEntries(shards.map((shard) => [shard, { next: part }]));
      const text = JSON.stringify({ ...token, behind });
      return store.list({ top: 1, after: Buffer.from(text).toString('base64url') });
    };
    await expect(forged('garbage')).rejects.toThrow(UnusableToken);
    await expect(forged(Buffer.from('{"nextRowKey":"j"}').toString('base64'))).rejects.toThrow(UnusableToken);
  });

  const noneUnreadable = (fault: UnreadableJob): never => {
    throw fault;
  };

  /** Tells the requests that some work makes. */
  const counting = (table: TableAccess) => {
    let requests = 0;
    const counted: TableAccess = {
      ...table,
      request: (what, call, expected) => {
        requests += 1;
        return table.request(what, call, expected);
      },
    };
    const store = tableJobStore(counted);
    return async (work: (of: typeof store, counted: TableAccess) => Promise<unknown>): Promise<number> => {
      requests = 0;
      await work(store, counted);
      return requests;
    };
  };

  describe('what a look at many jobs costs', () => {
    /** Stores delivered jobs as they stand at the end, a hundred in a transaction. */
    const insertDelivered = async (table: TableAccess, from: number, to: number): Promise<void> => {
      const byShard = new Map<string, SystemJob[]>();
      for (let n = from; n < to; n += 1) {
        const job = jobWith(nth(n), { status: 'Succeeded', attemptCount: 1 });
        byShard.set(partitionKeyOf(job.id), [...(byShard.get(partitionKeyOf(job.id)) ?? []), job]);
      }
      for (const jobs of byShard.values()) {
        for (let at = 0; at < jobs.length; at += 100) {
          const rows = jobs.slice(at, at + 100).map((job): ['create', TableEntity] => [
            'create',
            {
              partitionKey: partitionKeyOf(job.id),
              rowKey: rowKeyOf('j', job.id),
              ...columnsOfNewJob(job),
            },
          ]);
          await table.request('Inserting', (client) => client.submitTransaction(rows));
        }
      }
    };

    it('does not grow with the jobs that need no attention (L-2, L-5, L-6)', async () => {
      const table = nextTable();
      const store = tableJobStore(table);
      const count = counting(table);
      const failed = { status: 'Failed', attention: true, code: 'Busy', attemptCount: 2 } as const;
      const waiting = { ...failed, status: 'Waiting', postponeUntil: later(acceptedAt, 1) } as const;
      for (let n = 0; n < 60; n += 1) {
        await store.insert(jobWith(nth(100_000 + n), n % 2 === 0 ? failed : waiting), new Uint8Array());
      }
      const list = (query: Partial<JobListQuery>) => count((of) => of.list({ top: 50, ...query }));
      const costs = async () => [
        await list({}),
        await list({ attention: true, code: 'Busy', retried: true }),
        await list({ status: ['Failed', 'Suspended'], endpoint: 'orders' }),
        await list({ nextBefore: later(acceptedAt, 9) }),
        await list({ held: true }),
        await count((of, counted) =>
          summarize({
            store: of,
            statistics: endpointStatistics(counted),
            endpointStore: endpointStates(counted, () => undefined),
            endpoints: [{ name: 'orders' }],
            now: () => acceptedAt,
            unreadable: noneUnreadable,
          }),
        ),
      ];
      await insertDelivered(table, 0, 200);
      const few = await costs();
      await insertDelivered(table, 200, 4000);
      expect(await costs()).toEqual(few);
      expect(few).toEqual([16, 16, 16, 16, 16, 19]);
    });
  });

  it('walks through hundreds of jobs with a request for each page of a partition (B-1)', async () => {
    const table = nextTable();
    const store = tableJobStore(table);
    const failed = { status: 'Failed', attention: true } as const;
    for (let n = 0; n < 400; n += 40) {
      await Promise.all(
        Array.from({ length: 40 }, (_, k) => store.insert(jobWith(nth(n + k), failed), new Uint8Array())),
      );
    }
    const requestsOf = counting(table);
    const selection = {
      action: 'retry',
      filter: { status: 'Failed' },
      cutOff: later(acceptedAt, 1),
    } as const;
    const requests = await requestsOf(async (of) => {
      const count = await countJobs(of, selection, () => acceptedAt);
      expect(count).toEqual({ count: 400, complete: true });
    });
    expect(requests).toBe(shards.length);
  });

  it('answers a page with as many requests for a thousand jobs as for a few (L-2)', async () => {
    const table = nextTable();
    const store = tableJobStore(table);
    const requestsOf = counting(table);
    const countPage = (query: Partial<JobListQuery>): Promise<number> =>
      requestsOf((of) => of.list({ top: 50, ...query }));
    const insert = (n: number) => {
      const waiting = n % 2 === 0 ? ({ status: 'Waiting', attention: true } as const) : {};
      return store.insert(jobWith(nth(n), waiting), new Uint8Array());
    };
    for (let n = 0; n < 16; n += 1) await insert(n);
    const count = async () => [
      await countPage({}),
      await countPage({ status: 'Waiting' }),
      await countPage({ attention: true }),
    ];
    const few = await count();
    for (let n = 16; n < 1016; n += 40)
      await Promise.all(Array.from({ length: 40 }, (_, k) => insert(n + k)));
    expect(await count()).toEqual(few);
    expect(few).toEqual([16, 16, 16]);
  });
});
