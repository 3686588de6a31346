import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newOperations } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { ordersEndpoint, quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

/** Opens after few attempts and for moments, so that a test sees it all. */
const breaker = { minAttempts: 4, minJobs: 2, openSeconds: 2, longestOpenSeconds: 4 };

const endpoint = (name: string, more: object = {}) => ({
  ...ordersEndpoint,
  name,
  retry: quickRetry,
  ...more,
});

const endpointsFile = JSON.stringify({
  endpoints: [
    endpoint('broken', { breaker }),
    endpoint('killed', { breaker }),
    endpoint('calm', { breaker: false }),
    endpoint('slow', { drainPerMinute: 60 }),
    endpoint('slowly-killed', { drainPerMinute: 60 }),
    endpoint('lost', { drainPerMinute: 60 }),
    endpoint('asked'),
  ],
});

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({ endpointsFile, settings: { BRIDGE_SEND_TIMEOUT_SECONDS: '2' } });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.bus.control.listen();
  await app.bus.control.clearFaults();
  await app.receiveAll();
});

const accept = (endpoint: string): Promise<string> => app.accept(nextBody(), { endpoint });

const acceptMany = (endpoint: string, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => accept(endpoint)));

const untilHeld = (id: string) =>
  eventually(`job ${id} is held`, async () => {
    const job = await app.job(id);
    return job.held ? job : undefined;
  });

const received = async (): Promise<string[]> =>
  (await app.receiveAll()).map(({ messageId }) => String(messageId)).sort();

describe('an endpoint that a person pauses', () => {
  it('holds its jobs without attempts, says why, and lets them go when it is resumed (G-1, G-2)', async () => {
    // The instance has just read that the endpoint runs, and would believe it for five seconds.
    const before = await accept('calm');
    await app.until(before, 'Succeeded');
    expect(await received()).toEqual([before]);
    const paused = await app.actOnEndpoint('calm', 'pause', { reason: 'the queue is being moved' });
    expect(paused.status).toBe(202);
    expect(await paused.json()).toMatchObject({
      state: 'paused',
      reason: 'Paused by the holder of a function key: the queue is being moved',
      actions: ['resume', 'drain'],
    });
    const ids = await acceptMany('calm', 3);
    for (const id of ids) {
      const job = await untilHeld(id);
      expect(job).toMatchObject({ status: 'Waiting', attemptCount: 0, attempts: [] });
      expect(job.friendlyMessage).toContain('the queue is being moved');
    }
    expect(await app.endpoint('calm')).toMatchObject({
      held: 3,
      backlog: 3,
      complete: true,
      estimatedDrainOn: null,
    });
    expect(await received()).toEqual([]);
    const resumed = await app.actOnEndpoint('calm', 'resume');
    expect(await resumed.json()).toMatchObject({ state: 'draining' });
    for (const id of ids)
      expect(await app.until(id, 'Succeeded')).toMatchObject({ attemptCount: 1, held: false });
    expect(await received()).toEqual([...ids].sort());
  });
});

describe('an endpoint whose bus is away', () => {
  /** Jobs that fail until the breaker opens. */
  const breakDown = async (name: string): Promise<string[]> => {
    await app.bus.control.stopListening();
    const ids = await acceptMany(name, 4);
    await app.untilEndpoint(name, 'open');
    return ids;
  };

  it('is left alone by its breaker; new jobs are held without attempts, and all succeed once it is back (G-1, G-3, G-4)', async () => {
    const failing = await breakDown('broken');
    const ids = await acceptMany('broken', 6);
    for (const id of ids) expect(await untilHeld(id)).toMatchObject({ status: 'Waiting', held: true });
    // What is counted may be a moment old.
    const view = await eventually('six jobs are counted as held', async () => {
      const endpoint = await app.endpoint('broken');
      return endpoint.held >= 6 ? endpoint : undefined;
    });
    expect(view).toMatchObject({ pause: null, breaker: { code: expect.any(String) as string } });
    const health = (await (await app.get('/api/health')).json()) as { reasons: string[] };
    expect(health.reasons.some((reason) => reason.includes('"broken"'))).toBe(true);
    await app.bus.control.listen();
    const all = [...failing, ...ids];
    for (const id of all) await app.until(id, 'Succeeded');
    expect(await received()).toEqual([...all].sort());
    // All of these were held; one or a few of them were probes that failed, the others made one attempt.
    const attempts = await Promise.all(ids.map(async (id) => (await app.job(id)).attemptCount));
    expect(attempts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(1);
    expect(await app.untilEndpoint('broken', 'running')).toMatchObject({
      held: 0,
      breaker: { state: 'closed' },
    });
  });

  it('gets going again although the host is killed while it is open (G-5)', async () => {
    const failing = await breakDown('killed');
    const ids = await acceptMany('killed', 4);
    for (const id of ids) await untilHeld(id);
    await app.host().kill();
    await app.host().ended;
    await app.startHostAgain();
    await app.bus.control.listen();
    const all = [...failing, ...ids];
    for (const id of all) await app.until(id, 'Succeeded');
    expect(await received()).toEqual([...all].sort());
  });
});

/** Jobs that are held because a person paused the endpoint. */
const heldAt = async (name: string, count: number): Promise<string[]> => {
  await app.actOnEndpoint(name, 'pause');
  const ids = await acceptMany(name, count);
  for (const id of ids) await untilHeld(id);
  return ids;
};

const untilOneSucceeds = (ids: readonly string[]) =>
  eventually('one of the jobs is let go', async () => {
    const jobs = await Promise.all(ids.map((id) => app.job(id)));
    return jobs.some(({ status }) => status === 'Succeeded') ? jobs : undefined;
  });

/** Sizes of the batches in which jobs of an endpoint were let go. */
const batches = (name: string): number[] =>
  app.log
    .filter((line) => line.includes('JobsLetGo') && line.includes(`"${name}"`))
    .map((line) => Number(/"jobs":(\d+)/.exec(line)?.[1]));

describe('held jobs', () => {
  it('are let go at the rate, and no more of them when the endpoint is paused again (G-2)', async () => {
    const ids = await heldAt('slow', 12);
    await app.actOnEndpoint('slow', 'resume');
    await untilOneSucceeds(ids);
    expect(await app.endpoint('slow')).toMatchObject({ state: 'draining', drainPerMinute: 60 });
    await app.actOnEndpoint('slow', 'pause', { reason: 'too fast' });
    const left = (await Promise.all(ids.map((id) => app.job(id)))).filter(({ held }) => held);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ attemptCount }) => attemptCount === 0)).toBe(true);
    expect(batches('slow')).not.toEqual([]);
    for (const size of batches('slow')) expect(size).toBeLessThanOrEqual(10);
    const drained = await app.actOnEndpoint('slow', 'drain', { perMinute: 6000 });
    expect(await drained.json()).toMatchObject({ state: 'draining', drainPerMinute: 6000 });
    for (const id of ids) expect(await app.until(id, 'Succeeded')).toMatchObject({ attemptCount: 1 });
    expect(await received()).toEqual([...ids].sort());
  });

  it('are all delivered once although the host is killed in the middle of letting them go (G-2)', async () => {
    const ids = await heldAt('slowly-killed', 12);
    await app.actOnEndpoint('slowly-killed', 'resume');
    await untilOneSucceeds(ids);
    await app.host().kill();
    await app.host().ended;
    await app.startHostAgain();
    for (const id of ids) await app.until(id, 'Succeeded');
    expect(await received()).toEqual([...ids].sort());
  });

  it('are let go although the recovery got lost: the sweeper starts it again (G-6)', async () => {
    const ids = await heldAt('lost', 12);
    await app.actOnEndpoint('lost', 'resume');
    await untilOneSucceeds(ids);
    const { rpcBaseUrl } = app.host().ready;
    await fetch(`${rpcBaseUrl}instances/recovery-lost/terminate?reason=test`, { method: 'POST' });
    await eventually('the recovery has ended', async () => {
      const { runtimeStatus } = (await (await fetch(`${rpcBaseUrl}instances/recovery-lost`)).json()) as {
        runtimeStatus: string;
      };
      return runtimeStatus === 'Terminated' ? true : undefined;
    });
    await app.fire('sweeperTimer');
    for (const id of ids) await app.until(id, 'Succeeded');
  });

  it('do what a person asks of them, and are held again when they go on while the endpoint is paused (G-7)', async () => {
    const [retried = '', canceled = '', paused = ''] = await heldAt('asked', 3);
    const before = await app.job(retried);
    expect((await app.act(retried, 'retry')).status).toBe(202);
    await eventually('the retried job is held again', async () => {
      const job = await app.job(retried);
      return job.held && job.modifiedOn > before.modifiedOn ? job : undefined;
    });
    await app.act(canceled, 'cancel');
    await app.until(canceled, 'Canceled');
    await app.act(paused, 'pause');
    expect(await app.until(paused, 'Suspended')).toMatchObject({ held: false });
    await app.actOnEndpoint('asked', 'resume');
    expect(await app.until(retried, 'Succeeded')).toMatchObject({ attemptCount: 1 });
    expect(await app.job(paused)).toMatchObject({ status: 'Suspended', attemptCount: 0 });
    expect(await received()).toEqual([retried]);
  });
});

describe('a person at an endpoint', () => {
  it('is told what is wrong with a request', async () => {
    expect((await app.get('/api/endpoints/none')).status).toBe(404);
    expect((await app.actOnEndpoint('none', 'pause')).status).toBe(404);
    expect((await app.actOnEndpoint('calm', 'explode')).status).toBe(404);
    expect((await app.actOnEndpoint('calm', 'pause', { until: 'noon' })).status).toBe(400);
    expect((await app.actOnEndpoint('calm', 'drain', { perMinute: 0 })).status).toBe(400);
  });

  it('is told when the state forbids an action, and what is possible (G-6)', async () => {
    await app.untilEndpoint('calm', 'running');
    const answer = await app.actOnEndpoint('calm', 'resume');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      code: 'ActionForbidden',
      detail:
        'An endpoint that is running cannot be asked to resume, only one that is paused, open. Possible now: pause.',
    });
  });

  it('is told when the endpoint has changed since it was read', async () => {
    const etag = (await app.get('/api/endpoints/calm')).headers.get('etag') ?? '';
    const headers = { 'if-match': etag };
    expect((await app.actOnEndpoint('calm', 'pause', undefined, headers)).status).toBe(202);
    const stale = await app.actOnEndpoint('calm', 'resume', undefined, headers);
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({ code: 'EndpointChanged' });
    await app.actOnEndpoint('calm', 'resume');
    await app.untilEndpoint('calm', 'running');
  });

  it('sees all endpoints, and how they did in the last hours (G-8)', async () => {
    const id = await accept('calm');
    await app.until(id, 'Succeeded');
    const calm = await eventually('the statistics are written', async () => {
      const { endpoints } = (await (await app.get('/api/endpoints')).json()) as {
        endpoints: Awaited<ReturnType<RunningApp['endpoint']>>[];
      };
      expect(endpoints.map(({ name }) => name)).toContain('slowly-killed');
      const found = endpoints.find(({ name }) => name === 'calm');
      return typeof found?.lastDeliveredOn === 'string' ? found : undefined;
    });
    expect(calm.hours).toHaveLength(24);
    expect(calm.hours.reduce((sum, { attempts }) => sum + attempts, 0)).toBeGreaterThanOrEqual(1);
  });

  it('costs no job a request: many jobs read the state of their endpoint a few times (G-8)', async () => {
    let requests = 0;
    app.storage.onRequest((text) => {
      if (/^\S+ \S*\/SystemJobs\(PartitionKey='(endpoints|statistics)'/.test(text)) requests += 1;
    });
    const ids = await acceptMany('calm', 60);
    for (const id of ids) await app.until(id, 'Succeeded');
    const ofJobs = requests;
    // A person's look shows that the counter sees such requests at all.
    await app.endpoint('calm');
    expect(requests).toBeGreaterThan(ofJobs);
    expect(ofJobs).toBeLessThan(10);
  });
});

describe('three processes that share nothing in memory, whose activities run twice', () => {
  it('share the breaker of an endpoint: an outage ends with every job delivered once (G-5)', async () => {
    const chaos = {
      activityTwice: { concurrently: true, probability: 0.5 },
      abortTurn: { probability: 0.1 },
    };
    const settings = { BRIDGE_SEND_TIMEOUT_SECONDS: '2' };
    const shared = await startApp({ endpointsFile, settings, chaos, workers: 3 });
    try {
      const post = (count: number): Promise<string[]> =>
        Promise.all(Array.from({ length: count }, () => shared.accept(nextBody(), { endpoint: 'broken' })));
      await shared.bus.control.stopListening();
      const failing = await post(12);
      await shared.untilEndpoint('broken', 'open');
      const ids = [...failing, ...(await post(12))];
      await eventually('a job is held', async () =>
        (await shared.endpoint('broken')).held > 0 ? true : undefined,
      );
      await shared.bus.control.listen();
      for (const id of ids) await shared.until(id, 'Succeeded');
      const delivered = (await shared.receiveAll()).map(({ messageId }) => String(messageId));
      expect(delivered.sort()).toEqual([...ids].sort());
    } finally {
      await shared.stop();
    }
  });
});
