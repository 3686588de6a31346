import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationBody } from '../support/contexts.ts';
import { startApp, type RunningApp } from '../support/runningApp.ts';

/** Time is moved forward instead of waited for: the app's clock follows the host's. */
let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ skipTime: true });
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
