import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { timedApp } from '../support/apps.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startTestHost, type TestHost } from '../../../support/hosts.ts';

interface Run {
  readonly name: string;
  readonly info?: { isPastDue: boolean; scheduleStatus: object | null; schedule: object };
}

const runs = (): Run[] => (globalThis as unknown as { timerRuns: Run[] }).timerRuns;
const runsOf = (name: string): Run[] => runs().filter((run) => run.name === name);

const MINUTE = 60_000;
let host: TestHost | undefined;
let state = '';

const start = async (): Promise<TestHost> => {
  host = await startTestHost({
    app: timedApp,
    state,
    skipTime: true,
    settings: { HOURLY: '0 0 * * * *' },
    keys: { master: 'master' },
  });
  await host.control.moveClock({ skipTime: false });
  await host.control.whenIdle();
  return host;
};

const stop = async (): Promise<void> => {
  await host?.stop();
  host = undefined;
};

beforeEach(async () => {
  state = await temporaryFolder();
});
afterEach(async () => {
  await stop();
  runs().length = 0;
});

const advance = async (ms: number): Promise<void> => {
  await host?.control.moveClock({ advanceMs: ms });
  await host?.control.whenIdle();
};

describe('timer triggers', () => {
  it('run when their schedule says so, once for each jump of the clock', async () => {
    await start();
    expect(runsOf('hourly')).toHaveLength(0);
    await advance(60 * MINUTE);
    expect(runsOf('hourly')).toHaveLength(1);
    await advance(24 * 60 * MINUTE);
    expect(runsOf('hourly')).toHaveLength(2);
  });

  it('are given schedule, status and whether they are past due', async () => {
    await start();
    await advance(60 * MINUTE);
    expect(runsOf('hourly')[0]?.info).toMatchObject({
      isPastDue: false,
      schedule: { adjustForDST: true },
      scheduleStatus: {
        last: '0001-01-01T00:00:00+00:00',
        next: expect.stringMatching(/\+00:00$/) as unknown,
      },
    });
    await advance(60 * MINUTE);
    expect(runsOf('hourly')[1]?.info?.scheduleStatus).not.toMatchObject({
      last: '0001-01-01T00:00:00+00:00',
    });
  });

  it('have no status when they are not monitored', async () => {
    await start();
    await advance(60 * MINUTE);
    expect(runsOf('unmonitored')[0]?.info?.scheduleStatus).toBeNull();
    expect(runsOf('often')[0]?.info?.scheduleStatus).toBeNull();
  });

  it('run at startup when asked to, on every start', async () => {
    await start();
    expect(runsOf('atStart')).toHaveLength(1);
    await stop();
    await start();
    expect(runsOf('atStart')).toHaveLength(2);
  });

  it('come once past due when runs were missed while the host was not there', async () => {
    await start();
    await stop();
    const { now } = Date;
    Date.now = () => now() + 5 * 60 * MINUTE;
    try {
      await start();
      expect(runsOf('hourly').map(({ info }) => info?.isPastDue)).toEqual([true]);
      expect(runsOf('unmonitored')).toHaveLength(0);
    } finally {
      await stop();
      Date.now = now;
    }
  });

  it('go on after a failure', async () => {
    await start();
    await advance(24 * 60 * MINUTE);
    await advance(24 * 60 * MINUTE);
    expect(runsOf('failing')).toHaveLength(2);
    expect(host?.lines.some((line) => line.includes("'Functions.failing' (Failed): timer failed"))).toBe(
      true,
    );
  });

  it('are fired by hand through the admin API', async () => {
    const timed = await start();
    const answer = await timed.call('/admin/functions/HOURLY', {
      method: 'POST',
      headers: { 'x-functions-key': 'master', 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'ignored' }),
    });
    expect(answer.status).toBe(202);
    await timed.control.whenIdle();
    expect(runsOf('hourly')[0]?.info).toMatchObject({ isPastDue: false });
  });

  it('need the setting their schedule names', async () => {
    await expect(startTestHost({ app: timedApp })).rejects.toThrow(
      `Function 'hourly': "%HOURLY%" names the setting HOURLY, which is not set.`,
    );
  });
});
