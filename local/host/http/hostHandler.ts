import type { IncomingMessage } from 'node:http';
import type { Api } from '../durable/api/api.ts';
import { WEBHOOK_PATH } from '../durable/api/links.ts';
import type { Log } from '../log.ts';
import { serveAdmin, type AdminDeps } from './adminHandler.ts';
import { bearerLevel, type AppHandler, type Incoming } from './appHandler.ts';
import { serveDurableApi } from './durableHandler.ts';
import { isAllowed, type HostKeys } from './keys.ts';
import { writeStatus } from './rpcResponse.ts';
import { splitTarget, type Handler } from './server.ts';

export interface HostHandlerDeps {
  readonly app: AppHandler;
  readonly api: Api;
  readonly admin: AdminDeps;
  readonly keys: HostKeys;
  readonly origin: (message: IncomingMessage) => string;
  readonly log: Log;
}

const HOME = 'Your Functions 4.0 app is up and running\n';

const serveHome = ({ response }: Incoming): void => {
  response
    .writeHead(200, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(HOME) })
    .end(HOME);
};

const isBelow = (path: string, base: string): boolean =>
  path.toLowerCase() === base || path.toLowerCase().startsWith(`${base}/`);

const serve = async (deps: HostHandlerDeps, incoming: Incoming): Promise<void> => {
  const { path, response, message } = incoming;
  if (isBelow(path, WEBHOOK_PATH)) {
    if (isAllowed(bearerLevel(deps.keys, incoming), 'system')) {
      await serveDurableApi(deps.api, incoming, WEBHOOK_PATH, deps.origin(message), deps.log);
    } else writeStatus(response, 401);
  } else if (isBelow(path, '/admin')) {
    if (isAllowed(bearerLevel(deps.keys, incoming), 'admin')) await serveAdmin(deps.admin, incoming);
    else writeStatus(response, 401);
  } else if (path === '/') serveHome(incoming);
  else await deps.app.handle(incoming);
};

/** The public address of the host: functions, the Durable webhooks, the admin API. */
export const createHostHandler = (deps: HostHandlerDeps): Handler => {
  return (message, response) => {
    const { path, search } = splitTarget(message.url ?? '/');
    serve(deps, { message, response, path, search }).catch((error: unknown) => {
      deps.log('error', 'Host', String((error as Error).stack ?? error));
      response.destroy();
    });
  };
};

const RPC_PATH = '/durabletask';

/**
 * The address at which the SDK's client speaks to the extension: no keys, the listener's own Host header.
 * Source: the extension's LocalHttpListener.
 */
export const createRpcHandler = (api: Api, host: string, log: Log): Handler => {
  return (message, response) => {
    const { path, search } = splitTarget(message.url ?? '/');
    if (message.headers.host !== host || !isBelow(path, RPC_PATH)) {
      writeStatus(response, 404);
      return;
    }
    void serveDurableApi(api, { message, response, path, search }, RPC_PATH, `http://${host}`, log);
  };
};

export const rpcBaseUrl = (host: string): string => `http://${host}${RPC_PATH}/`;
