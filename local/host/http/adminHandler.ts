import type { FunctionTable, HostedFunction } from '../worker/functions.ts';
import { readBody } from './body.ts';
import type { Incoming } from './appHandler.ts';
import { writeStatus } from './rpcResponse.ts';

export interface AdminDeps {
  readonly functions: FunctionTable;
  readonly hostId: string;
  /** Runs a function as its trigger would; returns at once. */
  readonly fire: (hosted: HostedFunction, input: string | undefined) => void;
}

const writeJson = ({ response }: Incoming, value: unknown): void => {
  const body = JSON.stringify(value);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
};

const hostStatus = ({ hostId }: AdminDeps) => ({
  id: hostId,
  state: 'Running',
  version: '4.0',
  versionDetails: 'local host',
  instanceId: String(process.pid),
  computerName: 'localhost',
  processUptime: Math.round(process.uptime() * 1000),
});

const describe = ({ name, bindings }: HostedFunction) => ({
  name,
  bindings: Object.entries(bindings).map(([bindingName, binding]) => ({ ...binding, name: bindingName })),
  isDisabled: false,
  language: 'node',
});

const inputOf = (body: string): string | undefined | null => {
  try {
    const value = JSON.parse(body) as { input?: unknown } | null;
    if (typeof value !== 'object' || value === null) return null;
    return typeof value.input === 'string' ? value.input : undefined;
  } catch {
    return null;
  }
};

/** POST admin/functions/{name}: 202 at once, whatever comes of it. Only timers have a trigger that can be fired so. */
const invoke = async (deps: AdminDeps, incoming: Incoming, name: string): Promise<void> => {
  const { message, response } = incoming;
  if (message.headers['content-type']?.toLowerCase().startsWith('application/json') !== true) {
    writeStatus(response, 415);
    return;
  }
  const input = inputOf((await readBody(message, Number.MAX_SAFE_INTEGER)).toString('utf8'));
  const hosted = deps.functions.all.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (input === null) writeStatus(response, 400);
  else if (hosted === undefined) writeStatus(response, 404);
  else if (!deps.functions.timers.includes(hosted)) writeStatus(response, 501);
  else {
    deps.fire(hosted, input);
    writeStatus(response, 202);
  }
};

/** Serves /admin: the caller has shown the master key. Source: the script host's HostController, FunctionsController. */
export const serveAdmin = async (deps: AdminDeps, incoming: Incoming): Promise<void> => {
  const [, area, name, ...rest] = incoming.path.split('/').filter((segment) => segment !== '');
  const method = incoming.message.method ?? 'GET';
  const target = `${method} ${(area ?? '').toLowerCase()}`;
  if (target === 'GET host' && name?.toLowerCase() === 'status') writeJson(incoming, hostStatus(deps));
  else if (target === 'GET functions' && name === undefined)
    writeJson(incoming, deps.functions.all.map(describe));
  else if (target === 'POST functions' && name !== undefined && rest.length === 0) {
    await invoke(deps, incoming, decodeURIComponent(name));
  } else writeStatus(incoming.response, 404);
};
