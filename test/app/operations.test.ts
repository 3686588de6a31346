import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationView, ResultView } from '../../shared/api/operationJson.ts';
import { newOperations } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { mainQueue, ordersEndpoint, startApp, type RunningApp } from '../support/runningApp.ts';

/** One attempt in a round: a job that cannot be posted is Failed at once. */
const noRetry = { maxAttempts: 1 };

const endpoints = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map((name) => ({
  ...ordersEndpoint,
  name,
  retry: noRetry,
  breaker: false,
}));

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({
    endpointsFile: JSON.stringify({ endpoints }),
    queues: [{ name: mainQueue, duplicateDetectionWindowMs: 3_600_000 }],
    settings: { BRIDGE_SEND_TIMEOUT_SECONDS: '2' },
  });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.bus.control.listen();
  await app.receiveAll();
});

const post = (path: string, body?: unknown): Promise<Response> =>
  fetch(`${app.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'x-functions-key': app.functionKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const retryOf = (endpoint: string, more: object = {}): object => ({
  action: 'retry',
  filter: { status: 'Failed', endpoint },
  reason: 'the bus is back',
  ratePerMinute: 6000,
  ...more,
});

const start = async (body: object): Promise<OperationView> => {
  const response = await post('/api/operations', body);
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as OperationView;
};

const read = async (id: string): Promise<OperationView> =>
  (await (await app.get(`/api/operations/${id}`)).json()) as OperationView;

const until = (
  id: string,
  what: string,
  test: (operation: OperationView) => boolean,
): Promise<OperationView> => {
  let last: OperationView | undefined;
  return eventually(
    `operation ${id} ${what}`,
    async () => {
      last = await read(id).catch(() => undefined);
      return last !== undefined && test(last) ? last : undefined;
    },
    () => `It is: ${JSON.stringify(last)}`,
  );
};

const untilSettled = (id: string, status: OperationView['status']): Promise<OperationView> =>
  until(
    id,
    `is ${status}, and all is known`,
    (operation) => operation.status === status && operation.outcomes.pending === 0,
  );

/** All of them, by the id of the job: they come shard by shard. */
const resultsOf = async (id: string): Promise<ResultView[]> => {
  const all: ResultView[] = [];
  let after: string | null = '';
  do {
    const response = await app.get(`/api/operations/${id}/results?top=40&after=${after}`);
    const page = (await response.json()) as { results: ResultView[]; next: string | null };
    all.push(...page.results);
    after = page.next;
  } while (after !== null);
  return all.sort((a, b) => (a.jobId < b.jobId ? -1 : 1));
};

/** Jobs that failed while the bus was away; it is still away then. */
const failedJobs = async (endpoint: string, count: number): Promise<string[]> => {
  await app.bus.control.stopListening();
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await app.accept(nextBody(), { endpoint }));
  for (const id of ids) await app.until(id, 'Failed');
  return ids.sort();
};

/** How often the operation acted on a job. */
const actsOn = async (jobId: string, operation: string): Promise<number> =>
  (await app.job(jobId)).asked.filter((asked) => asked.operation === operation).length;

/** Lines of an event in the log of the app. */
const logged = (event: string): Record<string, unknown>[] =>
  app.log
    .filter((line) => line.includes(`"event":"${event}"`))
    .map(
      (line) =>
        JSON.parse(line.slice(line.indexOf('{'), line.lastIndexOf('}') + 1)) as Record<string, unknown>,
    );

const unreadableLogged = (id: string): number =>
  logged('OperationUnreadable').filter(({ operation }) => operation === id).length;

const jobsTable = (): TableClient =>
  TableClient.fromConnectionString(app.storageConnection, 'SystemJobs', { allowInsecureConnection: true });

const rowOf = (id: string) => ({ partitionKey: 'operations', rowKey: id });

describe('a bulk retry', () => {
  it('counts first, goes by canary steps, and has every job Succeeded once; what came later is left alone (B-1, B-2, B-4, B-5)', async () => {
    const ids = await failedJobs('one', 150);
    const counted = await (await post('/api/operations', retryOf('one', { dryRun: true }))).json();
    expect(counted).toMatchObject({ count: 150, complete: true });
    const { cutOff } = counted as { cutOff: string };
    const late = await app.accept(nextBody(), { endpoint: 'one' });
    await app.until(late, 'Failed');
    await app.bus.control.listen();
    const { id, ...asked } = await start(
      retryOf('one', { cutOff, canary: { steps: [1, 10, 100], failureLimitPercent: 10 } }),
    );
    expect(asked).toMatchObject({ counted: 150, status: 'Running', by: expect.any(String) });
    const operation = await untilSettled(id, 'Completed');
    expect(operation).toMatchObject({
      done: 150,
      refused: 0,
      missing: 0,
      failed: 0,
      outcomes: { succeeded: 150, failedAgain: 0, pending: 0 },
      reason: 'the bus is back',
    });
    expect(operation.steps.map(({ size, done }) => [size, done])).toEqual([
      [1, 1],
      [10, 10],
      [100, 100],
      [null, 39],
    ]);
    const results = await resultsOf(id);
    expect(results.map(({ jobId }) => jobId)).toEqual(ids);
    expect(new Set(results.map(({ result, outcome }) => `${result} ${outcome ?? ''}`))).toEqual(
      new Set(['done succeeded']),
    );
    for (const jobId of ids) expect(await app.job(jobId)).toMatchObject({ status: 'Succeeded' });
    for (const jobId of ids) expect(await actsOn(jobId, id)).toBe(1);
    expect(await app.job(late)).toMatchObject({ status: 'Failed', asked: [] });
    expect((await app.receiveAll()).map(({ messageId }) => String(messageId)).sort()).toEqual(ids);
  });

  it('stops itself in its first steps while the bus is still away (B-4)', async () => {
    const ids = await failedJobs('two', 30);
    const { id } = await start(retryOf('two', { canary: { steps: [1, 10] } }));
    const operation = await untilSettled(id, 'Stopped');
    expect(operation.message).toContain('Stopped itself in step');
    expect(operation.done).toBeLessThanOrEqual(11);
    const acted = await Promise.all(ids.map((jobId) => actsOn(jobId, id)));
    expect(acted.filter((count) => count === 1)).toHaveLength(operation.done);
    expect(acted.filter((count) => count > 1)).toEqual([]);
  });

  it('that is canceled in the middle touches no further job; once ended it refuses (B-7)', async () => {
    const ids = await failedJobs('three', 60);
    await app.bus.control.listen();
    const { id } = await start(retryOf('three', { ratePerMinute: 120 }));
    await until(id, 'has begun', ({ done }) => done > 0);
    const stale = await fetch(`${app.baseUrl}/api/operations/${id}/cancel`, {
      method: 'POST',
      headers: { 'x-functions-key': app.functionKey, 'if-match': '"old"' },
    });
    expect(stale.status).toBe(412);
    const canceled = await post(`/api/operations/${id}/cancel`);
    expect(canceled.status).toBe(202);
    const operation = await untilSettled(id, 'Canceled');
    expect(operation.done).toBeLessThan(60);
    const acted = await Promise.all(ids.map((jobId) => actsOn(jobId, id)));
    expect(acted.filter((count) => count === 1)).toHaveLength(operation.done);
    expect(await resultsOf(id)).toHaveLength(operation.done);
    const again = await post(`/api/operations/${id}/cancel`);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'OperationForbidden' });
  });

  it.each([
    ['activity:before-run', 'four'],
    ['activity:after-run', 'five'],
  ] as const)(
    'goes on after the host is killed (%s), and acts on each job once (B-9)',
    async (at, endpoint) => {
      const ids = await failedJobs(endpoint, 40);
      await app.bus.control.listen();
      const { id } = await start(retryOf(endpoint, { ratePerMinute: 600 }));
      await until(id, 'has begun', ({ done }) => done > 0);
      await app.host().control.setChaos({ deaths: [{ at, nth: 2 }] });
      await app.host().ended;
      await app.startHostAgain();
      expect(await untilSettled(id, 'Completed')).toMatchObject({
        done: 40,
        outcomes: { succeeded: 40 },
      });
      for (const jobId of ids) expect(await actsOn(jobId, id)).toBe(1);
      expect((await resultsOf(id)).map(({ jobId }) => jobId)).toEqual(ids);
      expect((await app.receiveAll()).map(({ messageId }) => String(messageId)).sort()).toEqual(ids);
    },
  );
});

describe('a run that dies', () => {
  it.each([
    ['request', 'seven'],
    ['answer', 'eight'],
  ] as const)(
    'between acting and writing it down (at the %s) is made up for: each job acted on once, each counted once (B-9)',
    async (at, endpoint) => {
      const ids = await failedJobs(endpoint, 20);
      await app.bus.control.listen();
      // The first write of the row takes the jobs down, the second one records what came of them.
      let writes = 0;
      app.storage.setTrap({
        at,
        matches: (text) => /^PATCH \S*operations/.test(text) && (writes += 1) === 2,
        trip: async (): Promise<'drop'> => {
          await app.host().kill();
          return 'drop';
        },
      });
      const { id } = await start(retryOf(endpoint));
      await app.host().ended;
      app.storage.setTrap(undefined);
      await app.startHostAgain();
      const operation = await untilSettled(id, 'Completed');
      expect(operation).toMatchObject({ done: 20, outcomes: { succeeded: 20 } });
      for (const jobId of ids) expect(await actsOn(jobId, id)).toBe(1);
      expect((await resultsOf(id)).map(({ jobId }) => jobId)).toEqual(ids);
      expect((await app.receiveAll()).map(({ messageId }) => String(messageId)).sort()).toEqual(ids);
    },
  );
});

describe('a bulk delete', () => {
  it('removes the jobs of its filter, and no others (B-11)', async () => {
    const ids = await failedJobs('nine', 5);
    const { id } = await start(retryOf('nine', { action: 'delete', reason: 'tests of last week' }));
    expect(await untilSettled(id, 'Completed')).toMatchObject({ done: 5, outcomes: { pending: 0 } });
    for (const jobId of ids) expect((await app.get(`/api/jobs/${jobId}`)).status).toBe(404);
  });

  it('logs each job that it removes, with who asked for it', async () => {
    const ids = await failedJobs('nine', 3);
    const { id } = await start(retryOf('nine', { action: 'delete', reason: 'tests of last week' }));
    const { by } = await untilSettled(id, 'Completed');
    const removed = logged('JobDeleted').filter(({ jobId }) => ids.includes(String(jobId)));
    expect(removed.map(({ jobId }) => jobId).sort()).toEqual(ids);
    for (const line of removed) expect(line).toMatchObject({ endpoint: 'nine', status: 'Failed', by });
  });
});

describe('an operation whose row cannot be read (B-14)', () => {
  it('is answered 503 with the reason, also its results and its cancel; the list names it, and each is logged', async () => {
    const good = await start(retryOf('six', { reason: 'good' }));
    const bad = await start(retryOf('six', { reason: 'bad' }));
    await untilSettled(good.id, 'Completed');
    await untilSettled(bad.id, 'Completed');
    await jobsTable().updateEntity({ ...rowOf(bad.id), action: 'translate' }, 'Merge');
    const before = unreadableLogged(bad.id);
    const answers = [
      await app.get(`/api/operations/${bad.id}`),
      await app.get(`/api/operations/${bad.id}/results`),
      await post(`/api/operations/${bad.id}/cancel`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({
        code: 'OperationUnreadable',
        detail: expect.stringContaining('Its row cannot be read') as string,
      });
    }
    expect(unreadableLogged(bad.id) - before).toBe(answers.length);
    const list = await (await app.get('/api/operations')).json();
    const { operations, unreadable } = list as { operations: OperationView[]; unreadable: string[] };
    expect(unreadable).toEqual([bad.id]);
    expect(operations.map(({ id }) => id)).toContain(good.id);
    expect(operations.map(({ id }) => id)).not.toContain(bad.id);
    expect(unreadableLogged(bad.id) - before).toBe(answers.length + 1);
    await jobsTable().deleteEntity(rowOf(bad.id).partitionKey, bad.id);
  });
});

describe('operations', () => {
  it('are listed newest first, with who and why; one has a version (B-6)', async () => {
    const first = await start(retryOf('six', { reason: 'first' }));
    const second = await start(retryOf('six', { reason: 'second' }));
    const response = await app.get('/api/operations?top=2');
    const { operations } = (await response.json()) as { operations: OperationView[] };
    expect(operations.map(({ id, reason }) => [id, reason])).toEqual([
      [second.id, 'second'],
      [first.id, 'first'],
    ]);
    await untilSettled(first.id, 'Completed');
    await untilSettled(second.id, 'Completed');
    const one = await app.get(`/api/operations/${first.id}`);
    expect(one.headers.get('etag')).toMatch(/^(W\/)?"/);
  });

  it('that are asked for wrongly are refused with all that is wrong (B-10)', async () => {
    const wrong = await post('/api/operations', {
      action: 'explode',
      filter: { colour: 'red' },
      reason: '',
      ratePerMinute: 0,
    });
    expect(wrong.status).toBe(400);
    const { detail } = (await wrong.json()) as { detail: string };
    for (const part of ['"filter.colour"', 'action must', 'reason must', 'ratePerMinute must'])
      expect(detail).toContain(part);
    expect((await app.get('/api/operations/000000000-000000000000')).status).toBe(404);
    expect((await app.get('/api/operations/000000000-000000000000/results')).status).toBe(404);
    expect((await post('/api/operations/000000000-000000000000/cancel')).status).toBe(404);
    expect((await app.get('/api/operations?colour=red')).status).toBe(400);
  });
});
