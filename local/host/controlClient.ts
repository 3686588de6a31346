import type { ClockState, HostControl, Report } from './control.ts';

const call = async (controlUrl: string, method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value: unknown = await response.json();
  if (!response.ok) throw new Error(`The host refused ${method} ${path}: ${JSON.stringify(value)}`);
  return value;
};

/** Steers a host that runs as another process, by the `controlUrl` of its ready line. */
export const connectControl = (controlUrl: string): HostControl => {
  const ask = (method: string, path: string, body?: unknown): Promise<unknown> =>
    call(controlUrl, method, path, body);
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await ask(method, path, body);
  };
  return {
    report: async () => (await ask('GET', '/report')) as Report,
    resetReport: () => tell('DELETE', '/report'),
    setChaos: (config) => tell('PUT', '/chaos', config),
    releaseResults: () => tell('POST', '/release-results'),
    clock: async () => (await ask('GET', '/clock')) as ClockState,
    moveClock: async (change) => (await ask('POST', '/clock', change)) as ClockState,
    whenIdle: () => tell('GET', '/idle'),
    stop: () => tell('POST', '/stop'),
  };
};
