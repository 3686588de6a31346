import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readJson } from './jsonBody.ts';

export interface ControlServer {
  /** Holds the secret that lets a caller in. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ControlResult {
  readonly status: number;
  /** Sent as JSON; nothing is sent when absent. */
  readonly body?: unknown;
}

/**
 * Carries out one request; `path` is what follows the secret, in parts, decoded.
 *
 * @throws Error when the body is not what the route takes; it becomes status 400.
 */
export type AnswerControl = (
  method: string,
  path: readonly string[],
  body: unknown,
) => Promise<ControlResult> | ControlResult;

/** The controls of a program of the local platform as an HTTP server on 127.0.0.1. */
export const startControlServer = async (port: number, answer: AnswerControl): Promise<ControlServer> => {
  const secret = randomBytes(18).toString('base64url');

  const resultFor = async (request: IncomingMessage): Promise<ControlResult> => {
    const [, given, ...path] = new URL(request.url ?? '/', 'http://local').pathname.split('/');
    if (given !== secret) return { status: 404, body: { error: 'Not found.' } };
    try {
      const body = await readJson(request);
      return await answer(request.method ?? 'GET', path.map(decodeURIComponent), body);
    } catch (error) {
      return { status: 400, body: { error: (error as Error).message } };
    }
  };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body } = await resultFor(request);
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
