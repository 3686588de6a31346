import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationView } from '../../shared/api/operationJson.ts';
import { newOperations, operationBody } from '../support/contexts.ts';
import { eventually } from '../support/eventually.ts';
import { ordersEndpoint, startApp, type RunningApp } from '../support/runningApp.ts';

/** Time is moved forward instead of waited for: the app's clock follows the host's. */
let app: RunningApp;
beforeAll(async () => {
  const endpoints = ['orders', 'drained', 'canceled'].map((name) => ({ ...ordersEndpoint, name }));
  app = await startApp({ skipTime: true, endpointsFile: JSON.stringify({ endpoints }) });
  await app.fire('sweeperTimer');
});
afterAll(() => app.stop());

const appTime = async (): Promise<number> => Date.parse((await app.host().control.clock()).now);

const sweepAfter = async (ms: number): Promise<void> => {
  await app.host().control.moveClock({ advanceMs: ms });
  await app.fire('sweeperTimer');
};

describe('a job that was stored while the host died before it was started', () => {
  it.each([
    { what: 'of this moment', offsetMs: 0, minutesLater: 2 },
    { what: 'of an operation hours ago', offsetMs: -3 * 3_600_000, minutesLater: 10 },
    { what: 'of an operation whose time lies ahead', offsetMs: 3_600_000, minutesLater: 20 },
  ])('$what is started by the sweeper (A-6, W-1)', async ({ offsetMs, minutesLater }) => {
    const time = (await appTime()) + offsetMs;
    await app.host().control.setChaos({ deaths: [{ at: 'start:before-commit' }] });
    await expect(app.accept(operationBody(Math.abs(offsetMs), time))).rejects.toThrow();
    await app.host().ended;
    await app.startHostAgain();
    const [job] = (await app.jobs('status=WaitingForResources')).jobs;
    if (job === undefined) throw new Error('The job was not stored.');
    // The clock starts again with the host, so each case goes further than the one before.
    await sweepAfter(minutesLater * 60_000);
    expect(await app.until(job.id, 'Succeeded')).toMatchObject({ attemptCount: 1 });
  });
});

describe('an instance that an operator suspended, and forgot', () => {
  const minute = 60_000;
  const jobs = 12;
  const nextBody = newOperations();

  // A clock that jumps to the next timer by itself would have every held job look again and again.
  beforeAll(() => app.host().control.moveClock({ skipTime: false }));

  const instance = (id: string): string => `${app.host().ready.rpcBaseUrl}instances/${id}`;

  /** Its planned timer has fired then, so that nothing moves it any more. */
  const suspend = async (id: string): Promise<void> => {
    await fetch(`${instance(id)}/suspend?reason=test`, { method: 'POST' });
    await eventually(`${id} is suspended`, async () => {
      const { runtimeStatus } = (await (await fetch(instance(id))).json()) as { runtimeStatus: string };
      return runtimeStatus === 'Suspended' ? true : undefined;
    });
    await sweepAfter(minute);
    await app.host().control.whenIdle();
  };

  const isEnded = (id: string): boolean =>
    app.log.some((line) => line.includes('InstanceEnded') && line.includes(id));

  /** Left alone before its time, ended then, started again by a sweep after that. */
  const untilEnded = async (id: string): Promise<void> => {
    await sweepAfter(17 * minute);
    await app.host().control.whenIdle();
    expect(isEnded(id)).toBe(false);
    await sweepAfter(4 * minute);
    await eventually(`${id} is ended`, async () => (isEnded(id) ? true : undefined));
    await app.host().control.whenIdle();
    await app.fire('sweeperTimer');
  };

  const heldJobs = async (endpoint: string): Promise<string[]> => {
    await app.actOnEndpoint(endpoint, 'pause');
    const ids = await Promise.all(Array.from({ length: jobs }, () => app.accept(nextBody(), { endpoint })));
    for (const id of ids)
      await eventually(`${id} is held`, async () => ((await app.job(id)).held ? true : undefined));
    return ids;
  };

  const untilOneIs = (status: string, ids: readonly string[]): Promise<true> =>
    eventually(`one job is ${status}`, async () =>
      (await Promise.all(ids.map((id) => app.job(id)))).some((job) => job.status === status)
        ? true
        : undefined,
    );

  it('is ended by the sweeper and started again: the recovery of an endpoint (B-9)', async () => {
    const ids = await heldJobs('drained');
    await app.actOnEndpoint('drained', 'drain', { perMinute: 60 });
    await untilOneIs('Succeeded', ids);
    await suspend('recovery-drained');
    await untilEnded('recovery-drained');
    // The jobs look again by themselves; that the drain is over is told by its recovery alone.
    await app.untilEndpoint('drained', 'running');
    for (const id of ids) await app.until(id, 'Succeeded');
  });

  it('is ended by the sweeper and started again: a bulk operation (B-9)', async () => {
    const ids = await heldJobs('canceled');
    const answer = await fetch(`${app.baseUrl}/api/operations`, {
      method: 'POST',
      headers: { 'x-functions-key': app.functionKey, 'content-type': 'application/json' },
      body: JSON.stringify({
        action: 'cancel',
        filter: { endpoint: 'canceled' },
        reason: 'test',
        ratePerMinute: 60,
      }),
    });
    const { id } = (await answer.json()) as OperationView;
    await untilOneIs('Canceled', ids);
    await suspend(id);
    await untilEnded(id);
    for (const job of ids) await app.until(job, 'Canceled');
    await eventually('the operation is over', async () => {
      const { status } = (await (await app.get(`/api/operations/${id}`)).json()) as OperationView;
      return status === 'Completed' ? true : undefined;
    });
  });
});
