import type { OutgoingMessage } from '../message/outgoingMessage.ts';
import { plainText } from '../text/plainText.ts';
import { beginningOf } from '../text/withoutSecrets.ts';
import type { FailureCode } from './failureCatalogue.ts';

/** Result of one attempt to post. An expected failure is data; only bugs are exceptions. */
export type Delivery = Delivered | DeliveryFailure;

export interface Delivered {
  readonly kind: 'delivered';
  /** What a listener of contract twoWay or rest returned. */
  readonly answer?: string;
  /** What the receiver said to the transfer itself, as far as it is known. */
  readonly brokerAnswer?: string | undefined;
  /** Members of the context that were left out because it was too large. */
  readonly stripped?: readonly string[];
}

export interface DeliveryFailure {
  readonly kind: 'failed';
  readonly code: FailureCode;
  /** Words of the SDK or the receiver. */
  readonly detail: string;
  /** What the receiver said to the transfer; undefined when no answer is known. */
  readonly brokerAnswer?: string | undefined;
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
  // Before it is shortened to this: a secret cut in two would not be known for one.
  detail: plainText(beginningOf(detail), longestDetail),
});
