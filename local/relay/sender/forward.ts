import type { Exchange } from '../channel/exchange.ts';
import type { Entity } from '../entity/entities.ts';
import { mostBytesOnControlChannel } from '../protocol/limits.ts';
import type { RelayServices } from '../services.ts';
import type { SenderConnection } from './senderConnection.ts';

export interface Forwarding {
  readonly entity: Entity;
  readonly exchange: Exchange;
  readonly sender: SenderConnection;
  /** A fault: the control channel is closed as soon as the listener has the request. */
  readonly closeChannel: boolean;
}

const addressOf = (host: string, name: string, id: string, secret: string): string => {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `ws://${host}/$hc/${path}?sb-hc-action=request&sb-hc-id=${id}&sb-hc-rendezvous=${secret}`;
};

/** The answer has to come within the time limit, counted from here. */
const limitTime = ({ settle, outcome }: Exchange, withinMs: number): void => {
  const timer = setTimeout(() => settle({ kind: 'late' }), withinMs);
  void outcome.then(() => clearTimeout(timer));
};

/**
 * Hands a request to a listener: over the rendezvous that the sender's connection already has, else over a control
 * channel, else by its address alone when it is too large for one. False when nobody listens any more.
 */
export const forward = (
  { entity, exchange, sender, closeChannel }: Forwarding,
  { desk, host, answerWithinMs }: RelayServices,
): boolean => {
  const rendezvous = sender.rendezvousOf(entity);
  const channel = entity.listeners.pick();
  if (rendezvous === undefined && channel === undefined) return false;
  entity.counts.forwarded += 1;
  limitTime(exchange, answerWithinMs);
  if (rendezvous !== undefined) rendezvous.send(exchange);
  else if (channel !== undefined) {
    const isOnlyAddress = (exchange.body?.length ?? 0) > mostBytesOnControlChannel;
    const secret = desk.offer({ entity, exchange, sender, channel, isOnlyAddress });
    const address = addressOf(host(), entity.settings.name, exchange.id, secret);
    if (isOnlyAddress) channel.sendAddress(exchange, address);
    else channel.send(exchange, address);
    if (closeChannel) channel.close(1011, 'A fault was injected.');
  }
  return true;
};
