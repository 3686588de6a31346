import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionTable, jobActions, type JobAction } from '../../shared/job/jobActions.ts';
import type { JobStatus } from '../../shared/job/jobStatus.ts';
import { contextWith, newOperations } from '../support/contexts.ts';
import { mainQueue, ordersEndpoint, startApp, type RunningApp } from '../support/runningApp.ts';

const recordId = 'abcdef00-0000-4000-8000-000000000001';
const slowRetry = { firstDelaySeconds: 600, factor: 1, longestDelaySeconds: 600 };

const endpointsFile = JSON.stringify({
  endpoints: [
    { ...ordersEndpoint, retry: slowRetry },
    { ...ordersEndpoint, name: 'nowhere', path: 'no-such-queue' },
    { ...ordersEndpoint, name: 'unreachable', connection: 'DeadConnection', retry: slowRetry },
    { ...ordersEndpoint, name: 'once', connection: 'DeadConnection', retry: { maxAttempts: 1 } },
    { ...ordersEndpoint, name: 'silent', connection: 'SilentConnection', retry: slowRetry },
  ],
});

/** A namespace that takes connections and says nothing: an attempt lasts until its time-out. */
const silence = createServer();
const namespaceAt = (port: number): string =>
  `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=x;SharedAccessKey=eA==;UseDevelopmentEmulator=true`;

let app: RunningApp;
const body = newOperations();
beforeAll(async () => {
  await once(silence.listen(0, '127.0.0.1'), 'listening');
  app = await startApp({
    endpointsFile,
    settings: {
      DeadConnection: namespaceAt(1),
      SilentConnection: namespaceAt((silence.address() as AddressInfo).port),
    },
    queues: [{ name: mainQueue, duplicateDetectionWindowMs: 3_600_000 }],
  });
});
afterAll(async () => {
  await app.stop();
  silence.close();
});

const problemOf = async (response: Promise<Response>) => {
  const answer = await response;
  return { status: answer.status, ...((await answer.json()) as object) };
};

const remove = (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  app.delete(id, headers);

const suspended = async (): Promise<string> => {
  const id = await app.accept(body(), { endpoint: 'nowhere' });
  await app.until(id, 'Suspended');
  return id;
};

const waiting = async (): Promise<string> => {
  const id = await app.accept(body(), { endpoint: 'unreachable' });
  await app.until(id, 'Waiting');
  return id;
};

describe('deleting a job over HTTP', () => {
  it('removes it from its page and every list, whatever its status (S-9)', async () => {
    const succeeded = await app.accept(body());
    await app.until(succeeded, 'Succeeded');
    for (const id of [succeeded, await suspended(), await waiting()]) {
      const response = await remove(id);
      expect([response.status, await response.text()]).toEqual([204, '']);
      expect((await app.get(`/api/jobs/${id}`)).status).toBe(404);
      expect((await remove(id)).status).toBe(404);
    }
    expect((await app.jobs('attention=true')).jobs).toEqual([]);
    expect((await app.jobs()).jobs).toEqual([]);
    expect(app.log.some((line) => line.includes('"JobDeleted"') && line.includes(succeeded))).toBe(true);
  });

  it('ends its workflow, so that the same notification makes the job anew (S-9)', async () => {
    const again = body();
    const id = await app.accept(again, { endpoint: 'unreachable' });
    await app.until(id, 'Waiting');
    expect((await remove(id)).status).toBe(204);
    await expect
      .poll(() => app.log.some((line) => line.includes('"JobMissing"') && line.includes(id)))
      .toBe(true);
    expect(await app.accept(again, { endpoint: 'unreachable' })).toBe(id);
    expect(await app.until(id, 'Waiting')).toMatchObject({ attemptCount: 1 });
    await remove(id);
  });

  it('with a stale ETag is 412, and with the current one done', async () => {
    const id = await suspended();
    const etag = (await app.get(`/api/jobs/${id}`)).headers.get('etag') ?? '';
    await app.act(id, 'cancel');
    expect(await problemOf(remove(id, { 'if-match': etag }))).toMatchObject({
      status: 412,
      code: 'JobChanged',
      detail: 'Its status is Canceled now. Read it again.',
    });
    const current = (await app.get(`/api/jobs/${id}`)).headers.get('etag') ?? '';
    expect((await remove(id, { 'if-match': current })).status).toBe(204);
  });

  it('that is none is 404', async () => {
    expect(await problemOf(remove('nonsense'))).toMatchObject({ status: 404, code: 'NotFound' });
  });
});

describe('an action over HTTP', () => {
  const until = '2099-01-01T00:00:00Z';
  const ask = (id: string, action: JobAction, headers: Record<string, string> = {}) =>
    app.act(id, action, action === 'postpone' ? { until } : {}, headers);
  const etagOf = async (id: string): Promise<string> =>
    (await app.get(`/api/jobs/${id}`)).headers.get('etag') ?? '';

  /** Everything that this status forbids is refused with the reason, and changes nothing. */
  const refusesAllElse = async (id: string, status: JobStatus): Promise<void> => {
    await app.until(id, status);
    for (const action of jobActions.filter((each) => actionTable[each][status] === undefined)) {
      expect(await problemOf(ask(id, action))).toMatchObject({
        status: 409,
        code: 'ActionForbidden',
        detail: expect.stringContaining(`A job that is ${status} cannot be asked to ${action}.`) as string,
      });
    }
    expect((await app.job(id)).status).toBe(status);
  };

  it('in a status that forbids it is 409 with the reason (S-4)', async () => {
    const succeeded = await app.accept(body());
    await refusesAllElse(succeeded, 'Succeeded');
    const failed = await app.accept(body(), { endpoint: 'once' });
    await refusesAllElse(failed, 'Failed');
    await remove(failed);
    const id = await suspended();
    await refusesAllElse(id, 'Suspended');
    await ask(id, 'cancel');
    await refusesAllElse(id, 'Canceled');
  });

  it('during an attempt is 409 with the reason, and Pausing becomes Canceling, then Canceled (S-4)', async () => {
    const id = await app.accept(body(), { endpoint: 'silent' });
    await refusesAllElse(id, 'InProgress');
    expect((await ask(id, 'pause')).status).toBe(202);
    await refusesAllElse(id, 'Pausing');
    expect((await ask(id, 'cancel')).status).toBe(202);
    await refusesAllElse(id, 'Canceling');
    expect(await app.until(id, 'Canceled')).toMatchObject({ attemptCount: 1, actions: ['retry'] });
  });

  it.each(['cancel', 'pause', 'resume', 'postpone', 'retry'] as const)(
    'with a stale ETag is 412 and does nothing: %s',
    async (action) => {
      const id = await waiting();
      const seen = await etagOf(id);
      await ask(id, 'postpone');
      const current = await etagOf(id);
      expect(await problemOf(ask(id, action, { 'if-match': seen }))).toMatchObject({
        status: 412,
        code: 'JobChanged',
      });
      expect(await etagOf(id)).toBe(current);
      expect((await ask(id, action, { 'if-match': current })).status).toBe(202);
      await remove(id);
    },
  );
});

describe('lists over HTTP', () => {
  it('find what went wrong by group, status, record and attempts (L-5)', async () => {
    const id = await app.accept(
      JSON.stringify({ ...contextWith(), ...(JSON.parse(body()) as object), PrimaryEntityId: recordId }),
      { endpoint: 'nowhere' },
    );
    await app.until(id, 'Suspended');
    const group = 'status=Failed,Suspended&endpoint=nowhere&code=EntityNotFound';
    const found = async (query: string) => (await app.jobs(query)).jobs.map((job) => job.id);
    expect(await found(group)).toEqual([id]);
    expect(await found(`${group}&retried=true`)).toEqual([]);
    expect(await found(`record=${recordId.toUpperCase()}&minAttempts=1`)).toEqual([id]);
    expect(await found('held=true')).toEqual([]);
    await remove(id);
  });

  it('refuse a filter that is unknown or unreadable, naming it (L-5)', async () => {
    for (const [query, named] of [
      ['colour=red', 'colour'],
      ['code=Bsy', 'Bsy'],
      ['status=Failed,Faild', 'Faild'],
      ['nextBefore=soon', 'nextBefore'],
    ] as const) {
      expect(await problemOf(app.get(`/api/jobs?${query}`))).toMatchObject({
        status: 400,
        detail: expect.stringContaining(named) as string,
      });
    }
  });
});

describe('the summary over HTTP', () => {
  const summary = async () => (await app.get('/api/summary')).json() as Promise<Record<string, unknown>>;
  const note = (endpoint: string, code: string, body: unknown) => app.writeNote(endpoint, code, body);

  it('shows the groups with the note that a person wrote, at once (L-6, L-7)', async () => {
    const ids = [await suspended(), await suspended(), await waiting()];
    const text = 'The queue comes on Monday.';
    const written = await note('nowhere', 'EntityNotFound', { text });
    expect(written.status).toBe(200);
    expect(await written.json()).toMatchObject({ text, by: 'the holder of a function key' });
    expect(await summary()).toMatchObject({
      complete: true,
      statuses: { Suspended: 2, Waiting: 1, Failed: 0 },
      held: 0,
      retrying: 1,
      groups: [
        {
          endpoint: 'nowhere',
          code: 'EntityNotFound',
          outcome: 'suspend',
          count: 2,
          suspended: 2,
          note: { text },
        },
        { endpoint: 'unreachable', code: 'ConnectionFailed', count: 1, retrying: 1, note: null },
      ],
    });
    expect(await (await note('nowhere', 'EntityNotFound', { text: '' })).json()).toBeNull();
    expect(await summary()).toMatchObject({ groups: [{ note: null }, { note: null }] });
    for (const id of ids) await remove(id);
  });

  it.each(['/api/summary?endpoint=nowhere', '/api/endpoints?endpoint=nowhere'])(
    'refuses a filter that it has not, as the list of endpoints does: %s (L-5)',
    async (path) => {
      expect(await problemOf(app.get(path))).toMatchObject({
        status: 400,
        detail: '"endpoint" is not a parameter; there is none.',
      });
    },
  );

  it('takes no note of a group that can be none, and none without a text (L-7)', async () => {
    expect(await problemOf(note('nowhere', 'Nonsense', { text: 'x' }))).toMatchObject({ status: 404 });
    expect(await problemOf(note('No%20where', 'Busy', { text: 'x' }))).toMatchObject({ status: 404 });
    expect(await problemOf(note('invented', 'Busy', { text: 'x' }))).toMatchObject({ status: 404 });
    expect(await problemOf(note('nowhere', 'Busy', { words: 'x' }))).toMatchObject({
      status: 400,
      detail: expect.stringContaining('"words" is not a member') as string,
    });
    expect((await note('nowhere', 'Busy', { text: 'x'.repeat(9000) })).status).toBe(400);
  });
});
