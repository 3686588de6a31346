import type { OutgoingMessage } from '../message/outgoingMessage.ts';
import type { FailureCode } from './failureCatalogue.ts';

/** Result of one attempt to post. An expected failure is data; only bugs are exceptions. */
export type Delivery = { readonly kind: 'delivered' } | DeliveryFailure;

export interface DeliveryFailure {
  readonly kind: 'failed';
  readonly code: FailureCode;
  /** Words of the SDK or the receiver. */
  readonly detail: string;
  /** Wait that the receiver asked for, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Sends one message to one service endpoint, once: no retries of its own. */
export interface Publisher {
  publish(message: OutgoingMessage): Promise<Delivery>;
}

export const failure = (code: FailureCode, detail: string): DeliveryFailure => ({
  kind: 'failed',
  code,
  detail,
});
