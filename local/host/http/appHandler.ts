import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Counts } from '../counters.ts';
import type { Log } from '../log.ts';
import type { Dispatch } from '../worker/dispatch.ts';
import { BodyTooLarge, readBody } from './body.ts';
import { isAllowed, keyLevel, type HostKeys, type KeyLevel } from './keys.ts';
import { findRoute, type Route, type RouteMatch } from './routes.ts';
import { toRpcHttp } from './rpcRequest.ts';
import { writeResult, writeStatus } from './rpcResponse.ts';

/** A request whose address has been taken apart. */
export interface Incoming {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  /** Query with its question mark, or empty. */
  readonly search: string;
}

export interface AppHandlerDeps {
  readonly routes: readonly Route[];
  readonly keys: HostKeys;
  readonly dispatch: Dispatch;
  readonly origin: (message: IncomingMessage) => string;
  readonly bodyLimit: number;
  readonly maxOutstandingRequests: number;
  readonly counts: Counts;
  readonly log: Log;
  /** Called when a request has been answered. */
  readonly answered: () => void;
}

export interface AppHandler {
  handle(incoming: Incoming): Promise<void>;
  /** Requests under way. */
  readonly busy: number;
}

/** The header is looked at first, then `?code=`. Source: AuthenticationLevelHandler. */
export const bearerLevel = (
  keys: HostKeys,
  { message, search }: Pick<Incoming, 'message' | 'search'>,
): KeyLevel => {
  const header = message.headers['x-functions-key'];
  if (header !== undefined) return keyLevel(keys, Array.isArray(header) ? header[0] : header);
  if (!search.includes('code=')) return 'none';
  return keyLevel(keys, new URLSearchParams(search).get('code') ?? undefined);
};

const call = async (
  deps: AppHandlerDeps,
  incoming: Incoming,
  { route, params }: RouteMatch,
): Promise<void> => {
  const { message, response, path, search } = incoming;
  const body = await readBody(message, deps.bodyLimit);
  const http = toRpcHttp({ message, origin: deps.origin(message), path, search, params, body });
  deps.counts.httpRequests += 1;
  const traceParent = message.headers['traceparent'];
  const result = await deps.dispatch(
    route.hosted,
    { http },
    undefined,
    typeof traceParent === 'string' ? traceParent : undefined,
  );
  if (!result.ok) {
    const { name } = route.hosted;
    deps.log(
      'error',
      `Function.${name}`,
      `Executed 'Functions.${name}' (Failed): ${result.message}\n${result.stack}`,
    );
  }
  writeResult(response, route.hosted, result);
};

/** What goes wrong before a function is called answers 500 on the real host, a body that is too large included. */
const fail = (deps: AppHandlerDeps, { response, path }: Incoming, error: unknown): void => {
  const text = error instanceof BodyTooLarge ? error.message : String((error as Error).stack ?? error);
  deps.log('error', 'Host', `${path}: ${text}`);
  if (response.headersSent) response.destroy();
  else writeStatus(response.setHeader('connection', 'close'), 500);
};

/** Serves the app's HTTP-triggered functions. */
export const createAppHandler = (deps: AppHandlerDeps): AppHandler => {
  let busy = 0;
  const serve = async (incoming: Incoming, match: RouteMatch): Promise<void> => {
    busy += 1;
    try {
      await call(deps, incoming, match);
    } catch (error) {
      fail(deps, incoming, error);
    } finally {
      busy -= 1;
      deps.answered();
    }
  };
  return {
    get busy() {
      return busy;
    },
    handle: async (incoming) => {
      const { message, response, path } = incoming;
      const match = findRoute(deps.routes, message.method ?? 'GET', path);
      if (match === undefined) writeStatus(response, 404);
      else if (!isAllowed(bearerLevel(deps.keys, incoming), match.route.authLevel))
        writeStatus(response, 401);
      else if (busy >= deps.maxOutstandingRequests) writeStatus(response, 429);
      else await serve(incoming, match);
    },
  };
};
