import { afterEach, describe, expect, it } from 'vitest';
import type { HostOptions } from '../../../../local/host/options.ts';
import { rulesApp } from '../support/apps.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startTestHost, type TestHost } from '../../../support/hosts.ts';

let host: TestHost | undefined;
afterEach(() => host?.stop());

const start = async (options: Partial<HostOptions> = {}): Promise<TestHost> => {
  host = await startTestHost({ app: rulesApp, ...options });
  return host;
};

const durable = (name: string): string => `AzureFunctionsJobHost__extensions__durableTask__${name}`;

const outputOf = async ({ api, control, status }: TestHost, path: string, input: unknown, id = 'x') => {
  await api(
    'POST',
    `orchestrators/${path.replace('?', `/${id}?`)}${path.includes('?') ? '' : `/${id}`}`,
    input,
  );
  await control.whenIdle();
  return (await status(id))['output'];
};

describe('activities', () => {
  it('run at once, up to their limit', async () => {
    const limited = await start({ settings: { [durable('maxConcurrentActivityFunctions')]: '3' } });
    expect(await outputOf(limited, 'Crowds', 12)).toBe(3);
  });
});

describe('orchestrations', () => {
  it('are many, though few turns run at once', async () => {
    const limited = await start({ settings: { [durable('maxConcurrentOrchestratorFunctions')]: '1' } });
    const ids = Array.from({ length: 200 }, (_, index) => `many-${index}`);
    await Promise.all(ids.map((id) => limited.api('POST', `orchestrators/Steps/${id}`, 3)));
    await limited.control.whenIdle();
    const statuses = await Promise.all(ids.map((id) => limited.status(id)));
    expect(new Set(statuses.map(({ output }) => JSON.stringify(output)))).toEqual(new Set(['[1,1,1]']));
    expect(await limited.control.report()).toMatchObject({
      starts: 200,
      finished: 200,
      instances: 200,
      finishedInstances: 200,
      activities: 600,
      turns: 800,
      episodes: 800,
    });
  });

  it('stop at the bound of their actions, and the developer is told', async () => {
    const limited = await start({ settings: { [durable('maxOrchestrationActions')]: '5' } });
    await outputOf(limited, 'Endless', null);
    expect((await limited.control.report()).activities).toBe(5);
    expect((await limited.status('x'))['runtimeStatus']).toBe('Running');
    expect(limited.lines.some((line) => line.includes('Maximum amount of orchestration actions'))).toBe(true);
  });
});

describe('versions', () => {
  it('are none, unless asked for', async () => {
    expect(await outputOf(await start(), 'Versions', null)).toEqual({ mine: null, child: null });
  });

  it('default to what host.json says, for children, too', async () => {
    const versioned = await start({ settings: { [durable('defaultVersion')]: '2.0' } });
    expect(await outputOf(versioned, 'Versions', null)).toEqual({ mine: '2.0', child: '2.0' });
    const given = await outputOf(versioned, 'Versions?version=3.0', null, 'given');
    expect(given).toEqual({ mine: '3.0', child: '2.0' });
  });
});

describe('the moved clock', () => {
  it('goes on over a restart: time never runs backwards', async () => {
    const options = { skipTime: true, state: await temporaryFolder() };
    const first = await start(options);
    await outputOf(first, 'Hours', 3);
    const { lastUpdatedTime } = await first.status('x');
    await first.stop();
    const second = await start(options);
    const { now } = await second.control.clock();
    expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse(String(lastUpdatedTime)));
  });
});
