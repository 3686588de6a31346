import type { MessageState } from '../wire/annotations.ts';
import type { Message, NewMessage } from './message.ts';
import type { QueueSettings } from './queueSettings.ts';

/** Which part of a queue a message is in. */
export type Lane = 'main' | 'deadLetter';

interface InQueue {
  /** As {@link queueKey}. */
  readonly queue: string;
}

interface OfMessage extends InQueue {
  readonly lane: Lane;
  readonly sequenceNumber: number;
}

/** What one subscription gets. */
export interface Copies extends InQueue {
  readonly messages: readonly NewMessage[];
}

/** Everything that can happen to what the broker must not forget. Applied to the state and written to the journal. */
export type Change =
  /** Created, or its settings changed. */
  | { readonly kind: 'queuePut'; readonly settings: QueueSettings; readonly lastSequenceNumber: number }
  | (InQueue & { readonly kind: 'queueDeleted' })
  /** The messages of one transfer: all of them or none. */
  | (InQueue & { readonly kind: 'accepted'; readonly messages: readonly NewMessage[] })
  /** The messages of one transfer to a topic, or one of its scheduled messages whose time has come. */
  | (InQueue & {
      readonly kind: 'published';
      readonly lastSequenceNumber: number;
      /** Ids to remember and when they were accepted; empty where duplicates are not looked for. */
      readonly accepted: readonly (readonly [string, number])[];
      /** These wait in the topic. */
      readonly scheduled: readonly NewMessage[];
      /** The scheduled message that is no longer in the topic. */
      readonly released: number | undefined;
      readonly copies: readonly Copies[];
    })
  /** A scheduled message became active, with a new number. */
  | (InQueue & {
      readonly kind: 'enqueued';
      readonly sequenceNumber: number;
      readonly newSequenceNumber: number;
      readonly atMs: number;
    })
  | (OfMessage & { readonly kind: 'removed' })
  /** Given back or set aside after a delivery. */
  | (OfMessage & {
      readonly kind: 'returned';
      readonly state: MessageState;
      readonly deliveryCount: number;
      readonly applicationProperties: Buffer | undefined;
    })
  /** Moved from the queue to its dead-letter sub-queue. */
  | (InQueue & {
      readonly kind: 'deadLettered';
      readonly sequenceNumber: number;
      readonly deliveryCount: number;
      readonly applicationProperties: Buffer | undefined;
    })
  /** What a receiver keeps with a session; undefined: nothing any more. */
  | (InQueue & {
      readonly kind: 'sessionState';
      readonly session: string;
      readonly state: Buffer | undefined;
    })
  /** A message as it stands; written when the journal is compacted. */
  | (InQueue & { readonly kind: 'kept'; readonly lane: Lane; readonly message: Message })
  /** Ids of accepted messages and when they were accepted; written when the journal is compacted. */
  | (InQueue & { readonly kind: 'history'; readonly accepted: readonly (readonly [string, number])[] });
