import { describe, expect, it } from 'vitest';
import { contextWith } from '../support/contexts.ts';
import { startApp, type AppOptions, type RunningApp } from '../support/runningApp.ts';

const withApp = async (options: AppOptions, look: (app: RunningApp) => Promise<void>): Promise<void> => {
  const app = await startApp(options);
  try {
    await look(app);
  } finally {
    await app.stop();
  }
};

const faultyApps: readonly (readonly [what: string, options: AppOptions, faults: readonly string[]])[] = [
  [
    'a faulty endpoints file',
    { endpointsFile: '{"endpoints":[{"name":"orders","contract":"pigeon"},{"path":"q"}]}' },
    [
      'must be one of queue',
      "must have required property 'connection'",
      "must have required property 'name'",
    ],
  ],
  [
    'faulty settings',
    { settings: { BRIDGE_MAX_DEPTH: 'deep', ServiceBusConnection: '' } },
    ['BRIDGE_MAX_DEPTH is "deep"', 'the setting ServiceBusConnection is not set'],
  ],
];

describe.each(faultyApps)('an app with %s', (_what, options, faults) => {
  it('answers 503 rather than losing events, and lists every fault in its health report', () =>
    withApp(options, async (app) => {
      const response = await app.notify(JSON.stringify(contextWith()));
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await response.json()).toMatchObject({ code: 'ConfigurationFaulty' });
      expect((await app.get('/api/jobs')).status).toBe(503);

      const health = await app.get('/api/health');
      expect(health.status).toBe(503);
      const report = (await health.json()) as { configuration: { faults: string[] } };
      for (const fault of faults) {
        expect(report.configuration.faults.some((each) => each.includes(fault))).toBe(true);
      }
      expect(app.log.some((line) => line.includes('ConfigurationFaulty'))).toBe(true);
    }));
});

describe('an app that is configured well', () => {
  it('is healthy and says what it serves, without secrets', () =>
    withApp({}, async (app) => {
      const health = await app.get('/api/health');
      expect(health.status).toBe(200);
      const text = await health.text();
      expect(JSON.parse(text)).toMatchObject({
        status: 'healthy',
        endpoints: [{ name: 'orders', contract: 'queue', notifyPath: '/api/notify/orders' }],
      });
      const secrets = /SharedAccessKey=([^;]+)/.exec(app.bus.ready.connectionString)?.[1] ?? 'none';
      expect(text).not.toContain(secrets);
      expect(app.log.join('\n')).not.toContain(secrets);
      expect((await fetch(`${app.baseUrl}/api/health`)).status).toBe(401);
    }));
});
