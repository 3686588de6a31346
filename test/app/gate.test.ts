import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newOperations } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { ordersEndpoint, quickRetry, startApp, type RunningApp } from '../support/runningApp.ts';

/** Opens after few attempts and for moments, so that a test sees it all. */
const breaker = { minAttempts: 4, minJobs: 2, openSeconds: 2, longestOpenSeconds: 4 };

const endpointsFile = JSON.stringify({
  endpoints: [
    { ...ordersEndpoint, name: 'orders', retry: quickRetry, breaker },
    { ...ordersEndpoint, name: 'calm', retry: quickRetry, breaker: false },
    { ...ordersEndpoint, name: 'slow', drainPerMinute: 60 },
  ],
});

let app: RunningApp;
const nextBody = newOperations();
beforeAll(async () => {
  app = await startApp({ endpointsFile });
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
