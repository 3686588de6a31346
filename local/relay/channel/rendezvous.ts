import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Entity } from '../entity/entities.ts';
import { readFrames } from '../protocol/frames.ts';
import { readToRelay } from '../protocol/readToRelay.ts';
import type { SenderConnection } from '../sender/senderConnection.ts';
import { createCarrier, type Carrier } from './carrier.ts';
import { closeSocket, type ControlChannel } from './controlChannel.ts';
import type { Exchange } from './exchange.ts';

/** A request whose listener may ask for a WebSocket of its own. */
export interface RendezvousOffer {
  readonly entity: Entity;
  readonly exchange: Exchange;
  readonly sender: SenderConnection;
  /** Where the answer is expected so far. */
  readonly channel: ControlChannel;
  /** Whether the listener knows only the address yet. */
  readonly isOnlyAddress: boolean;
}

export interface RendezvousDesk {
  /** A secret that stands for the offer in its address; good once, for a while, and as long as the sender waits. */
  offer(offer: RendezvousOffer): string;
  /** Takes what a listener redeems; undefined when it was never offered, was redeemed, or is too old. */
  redeem(secret: string): RendezvousOffer | undefined;
}

export const createRendezvousDesk = (withinMs: number): RendezvousDesk => {
  const offers = new Map<string, RendezvousOffer>();
  return {
    offer: (offer) => {
      const secret = randomBytes(18).toString('base64url');
      offers.set(secret, offer);
      const timer = setTimeout(() => offers.delete(secret), withinMs);
      void offer.exchange.outcome.then(() => {
        clearTimeout(timer);
        offers.delete(secret);
      });
      return secret;
    },
    redeem: (secret) => {
      const offer = offers.get(secret);
      offers.delete(secret);
      return offer;
    },
  };
};

const listen = (socket: WebSocket, carrier: Carrier, log: (line: string) => void): void => {
  const onError = (why: string): void => {
    log(`A rendezvous was cut off: ${why}`);
    closeSocket(socket, 1002, why);
  };
  readFrames(socket, {
    onError,
    onMessage: ({ message: value, body }) => {
      try {
        const message = readToRelay(value);
        if ('response' in message) carrier.settle(message.response, body);
      } catch (error) {
        onError((error as Error).message);
      }
    },
  });
  socket.on('error', (error) => log(`A rendezvous failed: ${error.message}`));
};

/**
 * Joins a sender and a listener over a WebSocket of their own. It stays as long as the sender's connection does, and
 * carries all further requests of that connection; a listener that closes it closes the sender's connection too
 * ("Request message").
 */
export const openRendezvous = (
  socket: WebSocket,
  { entity, exchange, sender, channel, isOnlyAddress }: RendezvousOffer,
  log: (line: string) => void,
): void => {
  const carrier = createCarrier(socket);
  listen(socket, carrier, log);
  const leave = sender.join(entity, carrier, () => closeSocket(socket, 1001, 'The sender has gone.'));
  socket.once('close', () => {
    leave();
    carrier.loseAll({ kind: 'rendezvousClosed' });
    sender.endWhenIdle();
  });
  channel.forget(exchange);
  if (isOnlyAddress) carrier.send(exchange);
  else carrier.expect(exchange);
};
