import { describe, expect, it } from 'vitest';
import { readHostConfig } from '../../../../local/host/config/hostJson.ts';
import { parseTimeSpan } from '../../../../local/host/config/timeSpan.ts';
import { temporaryApp } from '../support/folders.ts';

const read = async (hostJson: string | object, settings: Record<string, string> = {}) =>
  readHostConfig(await temporaryApp({ 'host.json': hostJson }), settings);

const durable = (options: object): object => ({ version: '2.0', extensions: { durableTask: options } });

describe('host.json', () => {
  it('has defaults', async () => {
    expect(await read({ version: '2.0' })).toMatchObject({
      routePrefix: 'api',
      functionTimeoutMs: 30 * 60_000,
      durable: { hubName: 'TestHubName', limits: { maxActions: 100_000, httpPollMs: 30_000 } },
    });
  });

  it('is read with comments and a byte order mark', async () => {
    const text = '\uFEFF{ // comment\n "version": "2.0", /* "x": 1 */ "functionTimeout": "-1" }';
    expect((await read(text)).functionTimeoutMs).toBeUndefined();
  });

  it('sets limits, names and times', async () => {
    const config = await read(
      {
        version: '2.0',
        functionTimeout: '00:10:00',
        logging: { logLevel: { default: 'Warning' } },
        extensions: {
          http: { routePrefix: '' },
          durableTask: {
            hubName: '%HUB%',
            maxConcurrentActivityFunctions: 3,
            maxConcurrentOrchestratorFunctions: 2,
            maxOrchestrationActions: 50,
            storageProvider: { partitionCount: 4 },
            httpSettings: { defaultAsyncRequestSleepTimeMilliseconds: 5000 },
          },
        },
      },
      { HUB: 'Named' },
    );
    expect(config).toMatchObject({
      routePrefix: '',
      functionTimeoutMs: 600_000,
      durable: {
        hubName: 'Named',
        maxConcurrentActivityFunctions: 3,
        maxConcurrentOrchestratorFunctions: 2,
        limits: { maxActions: 50, httpPollMs: 5000 },
      },
    });
  });

  it('is overridden by app settings', async () => {
    const { routePrefix, durable: options } = await read(durable({ hubName: 'FromFile' }), {
      AzureFunctionsJobHost__extensions__durableTask__HubName: 'FromSetting',
      AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: '7',
      AzureFunctionsJobHost__extensions__http__routePrefix: 'other',
    });
    expect(routePrefix).toBe('other');
    expect(options).toMatchObject({ hubName: 'FromSetting', maxConcurrentActivityFunctions: 7 });
  });

  it.each([
    ['no version', {}, "missing the required 'version' property"],
    ['another version', { version: '3.0' }, `'version' must be "2.0", not "3.0"`],
    ['an unknown section', { version: '2.0', extras: {} }, 'does not know "extras"'],
    ['retries', { version: '2.0', retry: {} }, 'does not know "retry"'],
    ['a custom handler', { version: '2.0', customHandler: {} }, 'does not know "customHandler"'],
    [
      'another extension',
      { version: '2.0', extensions: { queues: {} } },
      'does not know "extensions.queues"',
    ],
    [
      'an unknown durable option',
      durable({ maxQueue: 1 }),
      'does not know "extensions.durableTask.maxQueue"',
    ],
    [
      'version matching',
      durable({ versionMatchStrategy: 'Strict' }),
      'has "versionMatchStrategy" only as "None"',
    ],
    ['a bad hub name', durable({ hubName: 'a-b' }), '"a-b" is not a valid hubName'],
    [
      'a limit that is no number',
      durable({ maxConcurrentActivityFunctions: '3' }),
      'not a whole number above 0',
    ],
    ['a bad timeout', { version: '2.0', functionTimeout: '5m' }, 'not a time span like "00:05:00": "5m"'],
    ['a section that is no object', { version: '2.0', extensions: [] }, '"extensions" is not an object'],
    ['broken JSON', '{ "version": ', 'is not valid JSON'],
    ['something else than an object', '[]', 'is not a JSON object'],
  ])('is refused with %s', async (_what, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('must be there', async () => {
    await expect(readHostConfig(await temporaryApp({}), {})).rejects.toThrow('There is no host.json');
  });
});

describe('a time span', () => {
  it.each([
    ['00:05:00', 300_000],
    ['1.02:03:04.5', 93_784_500],
    ['00:00', 0],
    ['-00:00:01', -1000],
    ['5', undefined],
    ['0:0:0:0', undefined],
  ])('%s', (text, ms) => {
    expect(parseTimeSpan(text)).toBe(ms);
  });
});
