import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (message: IncomingMessage, response: ServerResponse) => void;

/** A listening HTTP server whose handler can be put in place later, when the app is loaded. */
export interface Listening {
  readonly port: number;
  setHandler(handler: Handler): void;
  /** Takes no new connections; idle ones are closed, the rest when their answer is out or after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const KEEP_ALIVE_MS = 75_000;

const notReady: Handler = (_message, response) => {
  response.writeHead(503, { 'retry-after': '1', 'content-length': 0 }).end();
};

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new Error(`Port ${port} is taken. Choose another one, or 0 for any.`, { cause: error })
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** Node closes connections that are idle now, not those that become idle later: we look again and again. */
const LOOK_FOR_IDLE_MS = 10;

const close = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_FOR_IDLE_MS);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(looking);
      resolve();
    });
    server.closeIdleConnections();
  });

/** Listens on the loopback address. @throws Error when the port is taken. */
export const startServer = async (port: number): Promise<Listening> => {
  let handler = notReady;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) =>
    handler(message, response),
  );
  const actualPort = await listen(server, port, '127.0.0.1');
  return {
    port: actualPort,
    setHandler: (next) => {
      handler = next;
    },
    close: (graceMs) => close(server, graceMs),
  };
};

/** Path and query of a request target. */
export const splitTarget = (target: string): { readonly path: string; readonly search: string } => {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, search: '' } : { path: target.slice(0, at), search: target.slice(at) };
};
