import { afterEach } from 'vitest';
import type { ChaosConfig } from '../../../../local/host/chaos/config.ts';
import { connectControl } from '../../../../local/host/controlClient.ts';
import type { HostControl } from '../../../../local/host/control.ts';
import type { Ready } from '../../../../local/host/options.ts';
import { startChild, type Child } from '../../../../local/process/child.ts';
import { programOf } from '../../../../local/process/programs.ts';
import { lastingApp } from './apps.ts';

export interface HostChild extends Child<Ready> {
  readonly control: HostControl;
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
  readonly args?: readonly string[];
}

const running: Child<Ready>[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) await child.kill();
});

const argsOf = ({ state, notes, chaos, args = [] }: ChildHostOptions): string[] => [
  ...['--app', lastingApp, '--port', '0', '--exit-with-stdin', '--setting', `NOTES=${notes}`],
  ...(state === undefined ? [] : ['--state', state]),
  ...(chaos === undefined ? [] : ['--chaos', JSON.stringify(chaos)]),
  ...args,
];

const post = (url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Starts the built program with an app that notes what it does. Killed when the test ends. */
export const startChildHost = async (options: ChildHostOptions): Promise<HostChild> => {
  const lines: string[] = [];
  const child = await startChild<Ready>({
    name: 'The host',
    program: programOf('host'),
    args: argsOf(options),
    onLog: (line) => lines.push(line),
  });
  running.push(child);
  const { rpcBaseUrl, controlUrl } = child.ready;
  return {
    ...child,
    lines,
    control: connectControl(controlUrl),
    start: (name, id, input) => post(`${rpcBaseUrl}orchestrators/${name}/${id}`, input),
    raise: (id, event, value) => post(`${rpcBaseUrl}instances/${id}/raiseEvent/${event}`, value),
    status: async (id) => {
      const response = await fetch(`${rpcBaseUrl}instances/${id}`);
      return response.status === 404 ? undefined : ((await response.json()) as Record<string, unknown>);
    },
  };
};
