import type { WebSocket } from 'ws';
import { sendFramed, readFrames, type Framed } from '../protocol/frames.ts';
import { mostBytesOnControlChannel } from '../protocol/limits.ts';
import { isWhole, type RelayedRequest, type RelayedResponse, type ToListener } from '../protocol/messages.ts';
import type { ListenOptions, RelayAnswer, RelayRequest } from './listenOptions.ts';
import { openWebSocket } from './webSocket.ts';

/** Answers what comes over a control channel and over the rendezvous that follow from it. */
export interface Requests {
  /** Begins to answer what comes over this WebSocket. */
  readonly serve: (socket: WebSocket) => void;
  /** Resolves when nothing is being answered. */
  idle(): Promise<void>;
  /** Closes every rendezvous. */
  close(): void;
}

const requestOf = (
  { id, method, requestTarget, requestHeaders }: RelayedRequest,
  body: Buffer,
): RelayRequest => ({
  id,
  method,
  target: requestTarget,
  headers: Object.fromEntries(
    Object.entries(requestHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  ),
  body,
});

const responseOf = (requestId: string, answer: RelayAnswer, body: Buffer): RelayedResponse => ({
  requestId,
  statusCode: answer.status ?? 200,
  ...(answer.statusText !== undefined && { statusDescription: answer.statusText }),
  responseHeaders: answer.headers ?? {},
  body: body.length > 0,
});

const bytesOf = (body: string | Uint8Array | undefined): Buffer =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(body ?? []);

export const createRequests = ({ onRequest, log = () => undefined }: ListenOptions): Requests => {
  const rendezvous = new Set<WebSocket>();
  let running = 0;
  let onIdle: (() => void)[] = [];

  const answerTo = async (request: RelayRequest): Promise<RelayAnswer> => {
    try {
      return await onRequest(request);
    } catch (error) {
      log(`Request ${request.id} failed: ${(error as Error).message}`);
      return { status: 500, body: (error as Error).message };
    }
  };
  const meet = async (address: string): Promise<WebSocket> => {
    const socket = await openWebSocket(address, serve);
    rendezvous.add(socket);
    socket.once('close', () => rendezvous.delete(socket));
    return socket;
  };
  const answer = async (socket: WebSocket, request: RelayedRequest, given: Buffer): Promise<void> => {
    const result = await answerTo(requestOf(request, given));
    const body = bytesOf(result.body);
    const { address } = request;
    const isTooLarge = address !== undefined && body.length > mostBytesOnControlChannel;
    const carrier = isTooLarge ? await meet(address) : socket;
    const response = responseOf(request.id, result, body);
    sendFramed(carrier, { response }, response.body === true ? body : undefined);
  };
  const handle = async (socket: WebSocket, { message, body }: Framed): Promise<void> => {
    const { request } = message as Partial<ToListener>;
    if (request === undefined) return;
    if (isWhole(request)) await answer(socket, request, body ?? Buffer.alloc(0));
    // What is fetched comes over the rendezvous, and is answered there.
    else await meet(request.address);
  };
  const count = async (work: Promise<void>): Promise<void> => {
    running += 1;
    try {
      await work;
    } catch (error) {
      log(`A request was lost: ${(error as Error).message}`);
    }
    running -= 1;
    if (running > 0) return;
    for (const resolve of onIdle) resolve();
    onIdle = [];
  };
  const serve = (socket: WebSocket): void => {
    readFrames(socket, {
      onMessage: (framed) => void count(handle(socket, framed)),
      onError: (why) => {
        log(`The relay does not keep to the protocol: ${why}`);
        socket.terminate();
      },
    });
  };
  return {
    serve,
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
    close: () => {
      for (const socket of rendezvous) socket.close(1000);
    },
  };
};
