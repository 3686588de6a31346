import { toDelivered } from '../wire/deliveredMessage.ts';
import type { Message } from './message.ts';

/** The bytes a receiver gets of a message; `lockedUntilMs` is undefined unless the receiver holds a lock. */
export const deliver = (message: Message, lockedUntilMs: number | undefined): Buffer =>
  toDelivered(message.parts, {
    ttlMs: message.ttlMs,
    deliveryCount: message.deliveryCount,
    enqueuedAtMs: message.enqueuedAtMs,
    sequenceNumber: message.sequenceNumber,
    state: message.state,
    lockedUntilMs,
  });
