import { describe, expect, it } from 'vitest';
import { listJobs } from '../../../shared/azure/tables/jobLister.ts';
import { partitionKeyOf, rowKeyOf } from '../../../shared/azure/tables/jobRow.ts';
import { columnsOfEntry } from '../../../shared/azure/tables/rowOfJob.ts';
import type { TableAccess } from '../../../shared/azure/tables/tableAccess.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { jobWith, nth } from '../../support/jobs.ts';

interface Query {
  readonly filter: string;
  readonly top: number;
  readonly continuationToken: string | undefined;
}

/** Rows that the service looks at for one request before it breaks off with a token. */
const scannedAtOnce = 3;

/** The service's token is a position in the partition, whatever the filter says. */
const tokenOf = ({ id }: SystemJob): string =>
  Buffer.from(
    JSON.stringify({ nextPartitionKey: partitionKeyOf(id), nextRowKey: rowKeyOf('j', id) }),
  ).toString('base64');
const idIn = (token: string): string =>
  (JSON.parse(Buffer.from(token, 'base64').toString()) as { nextRowKey: string }).nextRowKey.slice(1);

/**
 * A table service that scans a few rows a request, as the real one does when a filter on columns matches seldom. The
 * client it hands out only records what was asked.
 */
const scanningTable = (jobs: readonly SystemJob[], wanted: (job: SystemJob) => boolean, msOfRequest = 1) => {
  const requests: Query[] = [];
  const answer = ({ filter, top, continuationToken }: Query) => {
    const shard = /PartitionKey eq '(.)'/.exec(filter)?.[1] ?? '';
    const after = /RowKey gt '([^']+)'/.exec(filter)?.[1] ?? '';
    const rows = jobs
      .filter((job) => partitionKeyOf(job.id) === shard && rowKeyOf('j', job.id) > after)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const from =
      continuationToken === undefined ? 0 : rows.findIndex((job) => job.id >= idIn(continuationToken));
    const scanned = rows.slice(from, from + scannedAtOnce);
    const page = scanned
      .filter(wanted)
      .slice(0, top)
      .map((job) => ({ rowKey: rowKeyOf('j', job.id), etag: '', ...columnsOfEntry(job) }));
    const next = rows[from + scannedAtOnce];
    return Object.assign(page, next === undefined ? {} : { continuationToken: tokenOf(next) });
  };
  const client = {
    listEntities: ({ queryOptions: { filter } }: { queryOptions: { filter: string } }) => ({
      byPage: ({ maxPageSize, continuationToken }: { maxPageSize: number; continuationToken?: string }) => ({
        next: async () => {
          const query = { filter, top: maxPageSize, continuationToken };
          requests.push(query);
          return { done: false, value: answer(query) };
        },
      }),
    }),
  };
  const table = {
    // Requests to the shards run beside each other.
    elapsedMs: () => (requests.length / 16) * msOfRequest,
    request: (_what: string, call: (client: unknown, signal: AbortSignal) => unknown) =>
      call(client, AbortSignal.abort()),
  } as unknown as TableAccess;
  return { table, requests };
};

const walk = async (table: TableAccess, top: number): Promise<{ names: string[]; pages: number }> => {
  const names: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await listJobs(table, {
      top,
      endpoint: 'wanted',
      ...(after === undefined ? {} : { after }),
    });
    names.push(...page.jobs.map((job) => job.name));
    after = page.next;
    pages += 1;
  } while (after !== undefined && pages < 500);
  return { names, pages };
};

describe('a filtered list whose scan is cut short (L-3)', () => {
  const jobs = Array.from({ length: 1500 }, (_, n) =>
    jobWith(nth(n), { name: `#${n}`, endpoint: n % 97 === 0 ? 'wanted' : 'other' }),
  );
  const isWanted = (job: SystemJob) => job.endpoint === 'wanted';
  const wanted = jobs.filter(isWanted).map((job) => job.name);

  it.each([1, 2, 5, 100])('misses and repeats nothing, page by page of %i', async (top) => {
    const { table } = scanningTable(jobs, isWanted);
    const { names } = await walk(table, top);
    expect([...names].sort()).toEqual([...wanted].sort());
  });

  it('misses nothing when time runs out at every request either', async () => {
    const { table } = scanningTable(jobs, isWanted, 6000);
    expect([...(await walk(table, 100)).names].sort()).toEqual([...wanted].sort());
  });

  it('does not go on for longer than about five seconds', async () => {
    const { table, requests } = scanningTable(jobs, () => false, 1000);
    const page = await listJobs(table, { top: 10, endpoint: 'nobody' });
    expect(page.next).toBeDefined();
    expect(requests.length).toBeLessThanOrEqual(16 * 7);
  });

  it('spends a bounded number of requests on one page', async () => {
    const { table, requests } = scanningTable(jobs, () => false);
    const page = await listJobs(table, { top: 10, endpoint: 'nobody' });
    expect(page.jobs).toEqual([]);
    expect(page.next).toBeDefined();
    expect(requests.length).toBeLessThanOrEqual(16 * 20);
  });
});
