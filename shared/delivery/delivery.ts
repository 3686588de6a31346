import type { OutgoingMessage } from '../message/outgoingMessage.ts';
import { plainText } from '../text/plainText.ts';
import type { FailureCode } from './failureCatalogue.ts';

/** Result of one attempt to post. An expected failure is data; only bugs are exceptions. */
export type Delivery = Delivered | DeliveryFailure;

export interface Delivered {
  readonly kind: 'delivered';
  /** What a listener of contract twoWay or rest returned. */
  readonly answer?: string;
  /** Members of the context that were left out because it was too large. */
  readonly stripped?: readonly string[];
}

export interface DeliveryFailure {
  readonly kind: 'failed';
  readonly code: FailureCode;
  /** Words of the SDK or the receiver. */
  readonly detail: string;
  /** Wait that the receiver asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Members of the context that were left out because it was too large. */
  readonly stripped?: readonly string[];
}

/** Sends one message to one service endpoint, once: no retries of its own. */
export interface Publisher {
  publish(message: OutgoingMessage): Promise<Delivery>;
}

/** Longest text that is kept of what an SDK or a receiver said. */
const longestDetail = 400;

export const failure = (code: FailureCode, detail: string): DeliveryFailure => ({
  kind: 'failed',
  code,
  detail: plainText(detail, longestDetail),
});
