import type { Claim } from './claimStore.ts';

/** Value of a message's property, as AMQP and HTTP headers can carry it. */
export type PropertyValue = string | number | boolean;

/** A message ready for a broker or a relay. */
export interface OutgoingMessage {
  /** The job's id, on every attempt: duplicate detection makes at-least-once effectively once. */
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly applicationProperties: Readonly<Record<string, PropertyValue>>;
  readonly sessionId?: string;
  readonly partitionKey?: string;
  readonly timeToLiveMs?: number;
  readonly delayMs?: number;
}

/** A message and what was done to make it. */
export interface BuiltMessage {
  readonly kind: 'built';
  readonly message: OutgoingMessage;
  /** Members of the context that were left out because it was too large. */
  readonly stripped: readonly string[];
  /** To be stored before the message is sent. */
  readonly claim?: Claim;
}
