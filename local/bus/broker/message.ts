import type { MessageState } from '../wire/annotations.ts';
import type { MessageParts } from '../wire/messageParts.ts';

/** A message in a queue or in its dead-letter sub-queue. */
export interface Message {
  /** Unique in the queue; a scheduled message gets a new one when it becomes active. */
  sequenceNumber: number;
  /** As {@link IncomingMessage.id}. */
  readonly id: string;
  parts: MessageParts;
  readonly sizeBytes: number;
  enqueuedAtMs: number;
  /** From enqueuing on; Infinity when it never expires. */
  readonly ttlMs: number;
  /** When a message that waits for its time becomes active. */
  readonly scheduledAtMs: number | undefined;
  /** Deliveries that failed. */
  deliveryCount: number;
  state: MessageState;
  /** Somebody works on it. Locks live in memory only: after a restart the message is free again. */
  locked: boolean;
}

/** What is known of a message when it is accepted. */
export type NewMessage = Pick<
  Message,
  'sequenceNumber' | 'id' | 'parts' | 'sizeBytes' | 'enqueuedAtMs' | 'ttlMs' | 'scheduledAtMs'
>;

export const expiresAtMs = (message: Message): number => message.enqueuedAtMs + message.ttlMs;
