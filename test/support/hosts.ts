import { createLog } from '../../local/host/log.ts';
import type { HostOptions } from '../../local/host/options.ts';
import { startHost, type RunningHost } from '../../local/host/startHost.ts';
import type { LoadWorker } from '../../local/host/worker/loadWorker.ts';
import { loadWorker } from '../../local/host/worker/loadWorker.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

export interface TestHost extends RunningHost {
  /** Everything the host logged. */
  readonly lines: string[];
  /** A request to the Durable API, path relative to its RPC address. */
  readonly api: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** A request to the app, path relative to its base address. */
  readonly call: (path: string, init?: RequestInit) => Promise<Answer>;
  /** The status of an instance, with history and outputs. */
  readonly status: (id: string) => Promise<Record<string, unknown>>;
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const toAnswer = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: response.headers,
  body: parse(await response.text()),
});

const bodyInit = (body: unknown): { body: string } | object => {
  if (body === undefined) return {};
  return { body: typeof body === 'string' ? body : JSON.stringify(body) };
};

/** Starts a host in this process that logs into memory. Stop it when the test ends. */
export const startTestHost = async (
  options: HostOptions,
  load: LoadWorker = loadWorker,
): Promise<TestHost> => {
  const lines: string[] = [];
  const log = createLog('debug', (line) => lines.push(line));
  const host = await startHost({ log, ...options }, load);
  const api: TestHost['api'] = async (method, path, body, headers) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const url = `${host.ready.rpcBaseUrl}${path.replace(/^\//, '')}`;
    return toAnswer(await fetch(url, { method, headers: { ...type, ...headers }, ...bodyInit(body) }));
  };
  return {
    ...host,
    lines,
    api,
    call: async (path, init) => toAnswer(await fetch(`${host.ready.baseUrl}${path}`, init)),
    status: async (id) => {
      const { body } = await api('GET', `instances/${id}?showHistory=true&showHistoryOutput=true`);
      return body as Record<string, unknown>;
    },
  };
};
