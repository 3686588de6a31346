import { afterEach } from 'vitest';
import type { ChaosConfig } from '../../../../local/host/chaos/config.ts';
import { startHostChild, type HostChild } from '../../../../local/stack/children.ts';
import { lastingApp } from './apps.ts';

/** A host with {@link lastingApp} in a process of its own. */
export interface LastingHost extends HostChild {
  readonly lines: string[];
  /** The status of an instance; undefined when there is none. */
  readonly status: (id: string) => Promise<Record<string, unknown> | undefined>;
  readonly start: (name: string, id: string, input: unknown) => Promise<Response>;
  readonly raise: (id: string, event: string, value: unknown) => Promise<Response>;
}

export interface ChildHostOptions {
  readonly state?: string;
  /** File of the app's notes. */
  readonly notes: string;
  readonly chaos?: ChaosConfig;
  readonly skipTime?: boolean;
  readonly args?: readonly string[];
}

const running: HostChild[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) await child.kill();
});

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Starts the built program with an app that notes what it does. Killed when the test ends. */
export const startChildHost = async ({ notes, ...options }: ChildHostOptions): Promise<LastingHost> => {
  const lines: string[] = [];
  const child = await startHostChild({
    app: lastingApp,
    port: 0,
    settings: { NOTES: notes },
    onLog: (line) => lines.push(line),
    ...options,
  });
  running.push(child);
  const { rpcBaseUrl } = child.ready;
  return {
    ...child,
    lines,
    start: (name, id, input) => post(`${rpcBaseUrl}orchestrators/${name}/${id}`, input),
    raise: (id, event, value) => post(`${rpcBaseUrl}instances/${id}/raiseEvent/${event}`, value),
    status: async (id) => {
      const response = await fetch(`${rpcBaseUrl}instances/${id}`);
      return response.status === 404 ? undefined : ((await response.json()) as Record<string, unknown>);
    },
  };
};
