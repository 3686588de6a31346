import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MovableClock } from '../clock/clock.ts';
import type { Bus } from '../startBus.ts';
import { answerControl, type ControlResult } from './controlRoutes.ts';
import { readJson } from './jsonBody.ts';

export interface ControlServer {
  /** Holds the secret that lets a caller in. */
  readonly url: string;
  close(): Promise<void>;
}

/** The controls of a bus as an HTTP server on 127.0.0.1. */
export const startControlServer = async (
  bus: Bus,
  clock: MovableClock,
  port: number,
): Promise<ControlServer> => {
  const secret = randomBytes(18).toString('base64url');

  const answer = async (request: IncomingMessage): Promise<ControlResult> => {
    const [, given, ...path] = new URL(request.url ?? '/', 'http://local').pathname.split('/');
    if (given !== secret) return { status: 404, body: { error: 'Not found.' } };
    try {
      const body = await readJson(request);
      return await answerControl({ bus, clock }, request.method ?? 'GET', path.map(decodeURIComponent), body);
    } catch (error) {
      return { status: 400, body: { error: (error as Error).message } };
    }
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
