import { decodeValue } from './decode.ts';
import { encodeInt, encodeLong, encodeSymbol, encodeTimestamp } from './encode.ts';
import { itemsOf } from './layout.ts';

/** Message annotations of Service Bus and Event Hubs (AMQP protocol guide of Service Bus, "Message annotations"). */
const annotationName = {
  enqueuedTime: 'x-opt-enqueued-time',
  sequenceNumber: 'x-opt-sequence-number',
  enqueuedSequenceNumber: 'x-opt-enqueue-sequence-number',
  lockedUntil: 'x-opt-locked-until',
  messageState: 'x-opt-message-state',
  deadLetterSource: 'x-opt-deadletter-source',
  offset: 'x-opt-offset',
  scheduledEnqueueTime: 'x-opt-scheduled-enqueue-time',
} as const;

/** The broker's own: whatever a sender writes there is ignored on input. */
const brokerOwned = new Set<string>([
  annotationName.enqueuedTime,
  annotationName.sequenceNumber,
  annotationName.enqueuedSequenceNumber,
  annotationName.lockedUntil,
  annotationName.messageState,
  annotationName.deadLetterSource,
  annotationName.offset,
]);

/** Annotations of the sender, as encoded: `items` holds keys and values in turn. */
export interface SenderAnnotations {
  readonly items: readonly Buffer[];
  readonly scheduledAtMs: number | undefined;
}

export const noAnnotations: SenderAnnotations = { items: [], scheduledAtMs: undefined };

/** Reads the annotations map that starts at `start`, without what belongs to the broker. */
export const readAnnotations = (bytes: Buffer, start: number): SenderAnnotations => {
  const all = itemsOf(bytes, start);
  if (all.length === 0) return noAnnotations;
  const items: Buffer[] = [];
  let scheduledAtMs: number | undefined;
  for (let index = 0; index + 1 < all.length; index += 2) {
    const [key, value] = [all[index], all[index + 1]];
    if (key === undefined || value === undefined) break;
    const name = decodeValue(key, 0);
    if (typeof name === 'string' && brokerOwned.has(name)) continue;
    items.push(key, value);
    if (name !== annotationName.scheduledEnqueueTime) continue;
    const time = decodeValue(value, 0);
    if (time instanceof Date) scheduledAtMs = time.getTime();
  }
  return { items, scheduledAtMs };
};

/** `x-opt-message-state`: how a peeked or a deferred message is told apart. */
const stateNumber = { active: 0, deferred: 1, scheduled: 2 } as const;

export type MessageState = keyof typeof stateNumber;

const key = {
  enqueuedTime: encodeSymbol(annotationName.enqueuedTime),
  sequenceNumber: encodeSymbol(annotationName.sequenceNumber),
  enqueuedSequenceNumber: encodeSymbol(annotationName.enqueuedSequenceNumber),
  lockedUntil: encodeSymbol(annotationName.lockedUntil),
  messageState: encodeSymbol(annotationName.messageState),
};

/** What the broker tells a receiver about a message. */
export interface BrokerAnnotations {
  readonly enqueuedAtMs: number;
  readonly sequenceNumber: number;
  readonly state: MessageState;
  /** Absent when the message is peeked, or received and deleted. */
  readonly lockedUntilMs: number | undefined;
}

/** Keys and values in turn. */
export const encodeBrokerAnnotations = (annotations: BrokerAnnotations): Buffer[] => {
  const sequenceNumber = encodeLong(annotations.sequenceNumber);
  const items = [
    key.enqueuedTime,
    encodeTimestamp(annotations.enqueuedAtMs),
    key.sequenceNumber,
    sequenceNumber,
    key.enqueuedSequenceNumber,
    sequenceNumber,
    key.messageState,
    encodeInt(stateNumber[annotations.state]),
  ];
  if (annotations.lockedUntilMs !== undefined) {
    items.push(key.lockedUntil, encodeTimestamp(annotations.lockedUntilMs));
  }
  return items;
};
