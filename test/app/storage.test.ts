import { TableClient } from '@azure/data-tables';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { azuriteConnectionString } from '../../local/azurite/startAzurite.ts';
import { newOperations } from '../support/contexts.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({ settings: { BRIDGE_STORAGE_TIMEOUT_SECONDS: '1' } });
  await app.until(await app.accept(nextBody()), 'Succeeded');
});
afterAll(() => app.stop());
beforeEach(() => app.receiveAll());
afterEach(() => {
  app.storage.setMode('pass');
  app.storage.setTrap(undefined);
});

/** Requests of jobs: their partitions have one digit; the sweeper and the statistics of endpoints have their own. */
const steps: readonly (readonly [what: string, matches: RegExp])[] = [
  ['a job is read', /^GET \S*\/SystemJobs\(PartitionKey='[0-9a-f]'/],
  ['an attempt is recorded', /^PATCH \S*\/SystemJobs\(PartitionKey='[0-9a-f]'/],
];

describe.each(['refuse', 'stall'] as const)('while storage would %s', (mode) => {
  it('a notification is answered 503 with Retry-After, and accepted when it is repeated (R-8)', async () => {
    app.storage.setMode(mode);
    const body = nextBody();
    const response = await app.notify(body);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await response.json()).toMatchObject({ code: 'StorageUnavailable' });
    app.storage.setMode('pass');
    await app.until(await app.accept(body), 'Succeeded');
    expect(await app.receiveAll()).toHaveLength(1);
  });

  it('the lists answer 503 and the health report says why', async () => {
    app.storage.setMode(mode);
    expect((await app.get('/api/jobs')).status).toBe(503);
    const health = await app.get('/api/health');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'unhealthy',
      storage: { status: 'unreachable', detail: expect.any(String) as string },
    });
  });

  it.each(steps)('from when %s, what was accepted is delivered once it is back', async (_what, pattern) => {
    app.storage.setTrap({
      at: 'request',
      matches: (text) => pattern.test(text),
      trip: () => {
        app.storage.setMode(mode);
        return 'drop';
      },
    });
    const id = await app.accept(nextBody());
    await expect.poll(async () => (await app.get('/api/jobs?top=1')).status, { timeout: 20_000 }).toBe(503);
    app.storage.setMode('pass');
    await app.until(id, 'Succeeded');
    expect((await app.receiveAll()).map(({ messageId }) => messageId)).toEqual([id]);
  });
});

describe('when the answer of storage gets lost', () => {
  const requests: readonly (readonly [what: string, matches: RegExp])[] = [
    ['to an insert', /^POST \S*\/SystemJobs/],
    ['to a record', /^PATCH \S*\/SystemJobs\(PartitionKey='[0-9a-f]'/],
  ];
  it.each(requests)('%s, the job succeeds all the same and is sent once', async (_what, pattern) => {
    app.storage.setTrap({ at: 'answer', matches: (text) => pattern.test(text), trip: () => 'drop' });
    const id = await app.accept(nextBody());
    const job = await app.until(id, 'Succeeded');
    expect(job.attempts).toHaveLength(1);
    expect(await app.receiveAll()).toHaveLength(1);
  });
});

describe('when a row cannot be read', () => {
  it('the list shows all others and names it, and its own page says why (L-4)', async () => {
    const [bad, good] = [await app.accept(nextBody()), await app.accept(nextBody())];
    for (const id of [bad, good]) await app.until(id, 'Succeeded');
    const connection = azuriteConnectionString(app.storage.port);
    const client = TableClient.fromConnectionString(connection, 'SystemJobs', {
      allowInsecureConnection: true,
    });
    const keys = { partitionKey: bad.split('-')[1]?.charAt(0) ?? '', rowKey: `j${bad}` };
    await client.updateEntity({ ...keys, status: 'Translating' }, 'Merge');
    const { jobs, unreadable } = (await (await app.get('/api/jobs?top=200')).json()) as {
      jobs: { id: string }[];
      unreadable: string[];
    };
    expect(unreadable).toEqual([bad]);
    expect(jobs.map(({ id }) => id)).toContain(good);
    const page = await app.get(`/api/jobs/${bad}`);
    expect(page.status).toBe(503);
    expect(await page.json()).toMatchObject({
      code: 'JobUnreadable',
      detail: `Row j${bad} cannot be read: the status "Translating" is unknown.`,
    });
    expect(app.log.some((line) => line.includes('JobUnreadable') && line.includes(bad))).toBe(true);
  });
});
