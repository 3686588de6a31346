import type { Change, Lane } from '../broker/change.ts';
import type { Message, NewMessage } from '../broker/message.ts';
import type { QueueSettings } from '../broker/queueSettings.ts';
import type { MessageState } from '../wire/annotations.ts';
import { fromStored, toStored } from '../wire/storedMessage.ts';

/**
 * A change as a journal line: `[kind, ...]`. Messages are base64, since JSON holds no bytes. A journal is read by
 * the version that wrote it and by later ones: a kind may be added, never changed.
 */
export type Line =
  | readonly ['queue', settings: QueueSettings, lastNumber: number]
  | readonly ['gone', queue: string]
  | readonly ['in', queue: string, messages: readonly NewMessageLine[]]
  | readonly [
      'pub',
      topic: string,
      lastNumber: number,
      ids: readonly (readonly [id: string, atMs: number])[],
      scheduled: readonly NewMessageLine[],
      released: number | null,
      copies: readonly (readonly [subscription: string, messages: readonly NewMessageLine[]])[],
    ]
  | readonly ['due', queue: string, number: number, newNumber: number, atMs: number]
  | readonly ['out', queue: string, lane: Lane, number: number]
  | readonly [
      'back',
      queue: string,
      lane: Lane,
      number: number,
      state: MessageState,
      count: number,
      props: Bytes,
    ]
  | readonly ['dead', queue: string, number: number, count: number, props: Bytes]
  | readonly ['session', queue: string, session: string, state: Bytes]
  | readonly ['kept', queue: string, lane: Lane, message: NewMessageLine, state: MessageState, count: number]
  | readonly ['ids', queue: string, accepted: readonly (readonly [id: string, atMs: number])[]];

/** Base64, or null for nothing. */
type Bytes = string | null;

/** JSON has no Infinity: a message that never expires has no time to live. */
type NewMessageLine = readonly [
  number: number,
  enqueuedAtMs: number,
  ttlMs: number | null,
  scheduledAtMs: number | null,
  sizeBytes: number,
  message: string,
];

const toBytes = (buffer: Buffer | undefined): Bytes => buffer?.toString('base64') ?? null;
const fromBytes = (bytes: Bytes): Buffer | undefined =>
  bytes === null ? undefined : Buffer.from(bytes, 'base64');

const toMessageLine = (message: NewMessage): NewMessageLine => [
  message.sequenceNumber,
  message.enqueuedAtMs,
  Number.isFinite(message.ttlMs) ? message.ttlMs : null,
  message.scheduledAtMs ?? null,
  message.sizeBytes,
  toStored(message.parts).toString('base64'),
];

const fromMessageLine = (line: NewMessageLine): NewMessage => {
  const [sequenceNumber, enqueuedAtMs, ttlMs, scheduledAtMs, sizeBytes, stored] = line;
  return {
    ...fromStored(Buffer.from(stored, 'base64')),
    sequenceNumber,
    enqueuedAtMs,
    ttlMs: ttlMs ?? Number.POSITIVE_INFINITY,
    scheduledAtMs: scheduledAtMs ?? undefined,
    sizeBytes,
  };
};

export const toLine = (change: Change): Line => {
  switch (change.kind) {
    case 'queuePut':
      return ['queue', change.settings, change.lastSequenceNumber];
    case 'queueDeleted':
      return ['gone', change.queue];
    case 'accepted':
      return ['in', change.queue, change.messages.map(toMessageLine)];
    case 'published':
      return [
        'pub',
        change.queue,
        change.lastSequenceNumber,
        change.accepted,
        change.scheduled.map(toMessageLine),
        change.released ?? null,
        change.copies.map(({ queue, messages }) => [queue, messages.map(toMessageLine)] as const),
      ];
    case 'enqueued':
      return ['due', change.queue, change.sequenceNumber, change.newSequenceNumber, change.atMs];
    case 'removed':
      return ['out', change.queue, change.lane, change.sequenceNumber];
    case 'returned': {
      const { queue, lane, sequenceNumber, state, deliveryCount } = change;
      return [
        'back',
        queue,
        lane,
        sequenceNumber,
        state,
        deliveryCount,
        toBytes(change.applicationProperties),
      ];
    }
    case 'deadLettered': {
      const { queue, sequenceNumber, deliveryCount } = change;
      return ['dead', queue, sequenceNumber, deliveryCount, toBytes(change.applicationProperties)];
    }
    case 'sessionState':
      return ['session', change.queue, change.session, toBytes(change.state)];
    case 'kept': {
      const { queue, lane, message } = change;
      return ['kept', queue, lane, toMessageLine(message), message.state, message.deliveryCount];
    }
    case 'history':
      return ['ids', change.queue, change.accepted];
  }
};

const keptMessage = (line: NewMessageLine, state: MessageState, deliveryCount: number): Message => ({
  ...fromMessageLine(line),
  state,
  deliveryCount,
  locked: false,
});

export const fromLine = (line: Line): Change => {
  switch (line[0]) {
    case 'queue':
      return { kind: 'queuePut', settings: line[1], lastSequenceNumber: line[2] };
    case 'gone':
      return { kind: 'queueDeleted', queue: line[1] };
    case 'in':
      return { kind: 'accepted', queue: line[1], messages: line[2].map(fromMessageLine) };
    case 'pub': {
      const [, queue, lastSequenceNumber, accepted, scheduled, released, copies] = line;
      return {
        kind: 'published',
        queue,
        lastSequenceNumber,
        accepted,
        scheduled: scheduled.map(fromMessageLine),
        released: released ?? undefined,
        copies: copies.map(([name, messages]) => ({ queue: name, messages: messages.map(fromMessageLine) })),
      };
    }
    case 'due': {
      const [, queue, sequenceNumber, newSequenceNumber, atMs] = line;
      return { kind: 'enqueued', queue, sequenceNumber, newSequenceNumber, atMs };
    }
    case 'out':
      return { kind: 'removed', queue: line[1], lane: line[2], sequenceNumber: line[3] };
    case 'back': {
      const [, queue, lane, sequenceNumber, state, deliveryCount, props] = line;
      const applicationProperties = fromBytes(props);
      return { kind: 'returned', queue, lane, sequenceNumber, state, deliveryCount, applicationProperties };
    }
    case 'dead': {
      const [, queue, sequenceNumber, deliveryCount, props] = line;
      return {
        kind: 'deadLettered',
        queue,
        sequenceNumber,
        deliveryCount,
        applicationProperties: fromBytes(props),
      };
    }
    case 'session':
      return { kind: 'sessionState', queue: line[1], session: line[2], state: fromBytes(line[3]) };
    case 'kept': {
      const [, queue, lane, message, state, deliveryCount] = line;
      return { kind: 'kept', queue, lane, message: keptMessage(message, state, deliveryCount) };
    }
    case 'ids':
      return { kind: 'history', queue: line[1], accepted: line[2] };
  }
};
