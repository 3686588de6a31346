import type { WebSocket } from 'ws';
import { listenAddress, listenerToken } from './address.ts';
import type { RelayNamespace } from './connectionString.ts';
import type { ListenOptions } from './listenOptions.ts';
import type { Requests } from './requests.ts';
import { openWebSocket } from './webSocket.ts';

/** A registration with the relay; it lasts until the WebSocket ends. */
export interface ControlChannel {
  /** Resolves, with the reason, when it has ended. */
  readonly ended: Promise<string>;
  close(): void;
}

const defaults = { tokenLifeMs: 3_600_000, pingEveryMs: 30_000 };

/** A relay that does not take leave in this time is left without. */
const leaveWithinMs = 2000;

/** A token is replaced when this part of its life has passed: a failed try leaves time for another connection. */
const renewAfter = 0.8;

const renewTokens = (
  socket: WebSocket,
  namespace: RelayNamespace,
  path: string,
  lifeMs: number,
): NodeJS.Timeout =>
  setInterval(() => {
    socket.send(JSON.stringify({ renewToken: { token: listenerToken(namespace, path, lifeMs) } }));
  }, lifeMs * renewAfter);

/** A relay that does not answer a ping is gone, even if nobody has closed the connection ("Ping operation"). */
const ping = (socket: WebSocket, everyMs: number): NodeJS.Timeout => {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  return setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, everyMs);
};

/**
 * Registers as a listener.
 *
 * @throws Error when the relay cannot be reached or refuses.
 */
export const openControlChannel = async (
  namespace: RelayNamespace,
  { path, tokenLifeMs = defaults.tokenLifeMs, pingEveryMs = defaults.pingEveryMs }: ListenOptions,
  requests: Requests,
): Promise<ControlChannel> => {
  const token = listenerToken(namespace, path, tokenLifeMs);
  const socket = await openWebSocket(listenAddress(namespace, path, token), requests.serve);
  const timers = [renewTokens(socket, namespace, path, tokenLifeMs), ping(socket, pingEveryMs)];
  const ended = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => {
      for (const timer of timers) clearInterval(timer);
      resolve(`${code} ${reason.toString('utf8')}`.trim());
    });
  });
  return {
    ended,
    close: () => {
      socket.close(1000);
      const timer = setTimeout(() => socket.terminate(), leaveWithinMs);
      socket.once('close', () => clearTimeout(timer));
    },
  };
};
