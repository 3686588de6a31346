import { afterEach, describe, expect, it } from 'vitest';
import { parseChaos, type ChaosConfig } from '../../../../local/host/chaos/config.ts';
import type { HostOptions } from '../../../../local/host/options.ts';
import { rulesApp } from '../support/apps.ts';
import { startTestHost, type TestHost } from '../../../support/hosts.ts';

let host: TestHost | undefined;
afterEach(() => host?.stop());

const start = async (chaos: ChaosConfig, options: Partial<HostOptions> = {}): Promise<TestHost> => {
  host = await startTestHost({ app: rulesApp, chaos, ...options });
  return host;
};

const run = async ({ api, control, status }: TestHost, name: string, id: string, input: unknown) => {
  await api('POST', `orchestrators/${name}/${id}`, input);
  await control.whenIdle();
  return status(id);
};

describe('a chaos switch', () => {
  it('runs an activity twice; the first result counts', async () => {
    const twice = await start({ activityTwice: { function: 'RUN' } });
    const status = await run(twice, 'Steps', 'twice', 2);
    expect(status['output']).toEqual([1, 1]);
    expect((await twice.control.report()).activities).toBe(4);
  });

  it('runs an activity twice at the same time', async () => {
    const twice = await start({ activityTwice: { concurrently: true, nth: 2 } });
    const status = await run(twice, 'Steps', 'concurrently', 3);
    expect(status['runtimeStatus']).toBe('Completed');
    expect((await twice.control.report()).activities).toBe(4);
  });

  it('runs only the activities of one instance twice', async () => {
    const twice = await start({ activityTwice: { instanceId: 'this' } });
    await run(twice, 'Steps', 'this', 1);
    await run(twice, 'Steps', 'that', 1);
    expect((await twice.control.report()).activities).toBe(3);
  });

  it('hands over completions in another order, the same one for the same seed', async () => {
    const orderOf = async (seed: number): Promise<unknown> => {
      const shuffled = await start({ shuffleCompletions: true, seed, holdResults: true });
      await shuffled.api('POST', 'orchestrators/Spread/spread', 9);
      await expect.poll(async () => (await shuffled.control.report()).activities).toBe(9);
      await shuffled.control.releaseResults();
      await shuffled.control.whenIdle();
      const { output, historyEvents } = await shuffled.status('spread');
      expect(output).toEqual(Array.from({ length: 9 }, (_, index) => `spread-${index}`));
      await shuffled.stop();
      const events = historyEvents as { EventType: string; Result?: unknown }[];
      return events.filter(({ EventType }) => EventType === 'TaskCompleted').map(({ Result }) => Result);
    };
    const first = await orderOf(7);
    expect(await orderOf(7)).toEqual(first);
    expect(await orderOf(8)).not.toEqual(first);
  });

  it('aborts a turn before it is stored', async () => {
    const aborting = await start({ abortTurn: { nth: 2 } });
    const status = await run(aborting, 'Steps', 'aborted', 2);
    expect(status['output']).toEqual([1, 1]);
    expect(await aborting.control.report()).toMatchObject({ turns: 4, episodes: 4, activities: 2 });
    expect(aborting.lines.some((line) => line.includes('the turn runs again'))).toBe(true);
  });

  it('holds results back until they are let go', async () => {
    const holding = await start({ holdResults: true });
    await holding.api('POST', 'orchestrators/Steps/held', 1);
    await expect.poll(async () => (await holding.control.report()).activities).toBe(1);
    expect((await holding.status('held'))['runtimeStatus']).toBe('Running');
    await holding.control.setChaos({});
    await holding.control.whenIdle();
    expect((await holding.status('held'))['output']).toEqual([1]);
  });

  it('delays every message', async () => {
    const slow = await start({ latencyMs: 5 });
    const status = await run(slow, 'Steps', 'slow', 2);
    expect(status['output']).toEqual([1, 1]);
  });

  it('gives the function structured failure details', async () => {
    const errorWith = async (failureDetails: boolean): Promise<unknown> => {
      const failing = await start({ failureDetails });
      const { output } = await run(failing, 'CatchActivity', 'caught', null);
      await failing.stop();
      return output;
    };
    expect(await errorWith(false)).toMatchObject({
      name: 'Error',
      message: expect.stringMatching(/^Activity function 'Boom' failed: {2}boom \n \{"\$type"/) as unknown,
    });
    expect(await errorWith(true)).toMatchObject({
      name: 'TaskFailedError',
      message: expect.stringContaining('boom') as unknown,
    });
  });

  it('strikes by chance, as the seed has it', async () => {
    const doubtful = await start({ activityTwice: { probability: 0.5 }, seed: 3 });
    await run(doubtful, 'Spread', 'chance', 40);
    const { activities } = await doubtful.control.report();
    expect(activities).toBeGreaterThan(45);
    expect(activities).toBeLessThan(75);
  });
});

describe('a chaos configuration', () => {
  it.each([
    ['text', 'The chaos configuration is not a JSON object.'],
    [{ activityTwise: {} }, 'There is no chaos switch "activityTwise".'],
    [{ deaths: [{ at: 'turn:sometime' }] }, 'There is no death point "turn:sometime"'],
  ])('that is wrong is refused', (config, message) => {
    expect(() => parseChaos(config)).toThrow(message);
  });
});
