import type { WebSocket } from 'ws';
import type { Clock } from '../../bus/clock/clock.ts';
import type { Access } from '../access/authorize.ts';
import { readFrames } from '../protocol/frames.ts';
import { readToRelay } from '../protocol/readToRelay.ts';
import { createCarrier, type Carrier } from './carrier.ts';

/** The WebSocket by which a listener is registered. */
export interface ControlChannel extends Carrier {
  close(code: number, reason: string): void;
}

export interface ControlChannelOptions {
  readonly clock: Clock;
  /** When the token expires with which it was opened. */
  readonly expiresAtMs: number;
  /** Checks the token of a renewal. */
  readonly authorize: (token: string) => Access;
  /** Called, once or more, when it takes no more requests. */
  readonly onClosed: () => void;
  readonly log: (line: string) => void;
}

/** The reason of a close frame takes at most 123 bytes (RFC 6455, section 5.5). */
const mostReasonBytes = 123;

/** Sends a close frame; a peer that does not answer it is cut off by the WebSocket library after 30 s. */
export const closeSocket = (socket: WebSocket, code: number, reason: string): void =>
  socket.close(
    code,
    Buffer.from(reason, 'utf8')
      .subarray(0, mostReasonBytes)
      .toString('utf8')
      .replace(/\uFFFD$/, ''),
  );

/** Codes of a close frame ("Listener control channel connection"; the last is the WebSocket standard's). */
const closeCodes = { tokenExpired: 1008, protocolError: 1002 } as const;

export const createControlChannel = (socket: WebSocket, options: ControlChannelOptions): ControlChannel => {
  const { clock, authorize, onClosed, log } = options;
  const carrier = createCarrier(socket);
  const close = (code: number, reason: string): void => {
    // From here on it gets no more requests; answers that are on their way still count.
    onClosed();
    closeSocket(socket, code, reason);
  };
  const closeAt = (timeMs: number): (() => void) =>
    clock.at(timeMs, () =>
      close(closeCodes.tokenExpired, 'ExpiredToken: The token of the listener has expired.'),
    );
  let callOff = closeAt(options.expiresAtMs);

  const renew = (token: string): void => {
    const access = authorize(token);
    if (access.kind === 'refused') {
      close(closeCodes.tokenExpired, access.description);
      return;
    }
    callOff();
    callOff = closeAt(access.expiresAtMs);
  };
  const onError = (why: string): void => {
    log(`A listener was cut off: ${why}`);
    close(closeCodes.protocolError, why);
  };
  const onMessage = (value: unknown, body: Buffer | undefined): void => {
    const message = readToRelay(value);
    if ('response' in message) carrier.settle(message.response, body);
    else renew(message.renewToken.token);
  };
  readFrames(socket, {
    onError,
    onMessage: ({ message, body }) => {
      try {
        onMessage(message, body);
      } catch (error) {
        onError((error as Error).message);
      }
    },
  });
  socket.on('error', (error) => log(`The channel of a listener failed: ${error.message}`));
  socket.once('close', () => {
    callOff();
    onClosed();
    carrier.loseAll({ kind: 'listenerLost' });
  });
  return {
    ...carrier,
    get waiting() {
      return carrier.waiting;
    },
    close,
  };
};
