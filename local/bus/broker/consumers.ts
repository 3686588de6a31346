import type { Lock } from './locks.ts';
import type { Message } from './message.ts';

/** What a receiver is handed. */
export interface Handout {
  readonly message: Message;
  /** Present for peek-lock. */
  readonly lock: Lock | undefined;
  /** For receive-and-delete: the message may be sent when this has resolved, since it is gone by then. */
  readonly removed: Promise<void> | undefined;
}

/** A receiver as a sub-queue sees it. */
export interface Consumer {
  readonly mode: 'peekLock' | 'receiveAndDelete';
  /** The session it has accepted, where there are sessions. */
  readonly session?: string;
  /** Whether it can take one more message right now. */
  wants(): boolean;
  take(handout: Handout): void;
}

/** Receivers that wait for messages. They take turns, the one that has waited longest first. */
export interface Waiters {
  add(consumer: Consumer): void;
  remove(consumer: Consumer): void;
  isEmpty(): boolean;
  /** The next one that wants a message; it goes to the end of the line. */
  next(): Consumer | undefined;
}

export const createWaiters = (): Waiters => {
  const line = new Set<Consumer>();
  return {
    add: (consumer) => line.add(consumer),
    remove: (consumer) => line.delete(consumer),
    isEmpty: () => line.size === 0,
    next: () => {
      for (const consumer of line) {
        if (!consumer.wants()) {
          line.delete(consumer);
          continue;
        }
        if (line.size > 1) {
          line.delete(consumer);
          line.add(consumer);
        }
        return consumer;
      }
      return undefined;
    },
  };
};
