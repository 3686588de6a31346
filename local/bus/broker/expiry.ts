import { noChanges } from '../wire/applicationProperties.ts';
import { deadLetter, expired } from './deadLetters.ts';
import { createHeap } from './heap.ts';
import { expiresAtMs, type Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import type { SubQueue } from './subQueue.ts';

/** Sees to it that messages end when their time to live is over. */
export interface Expiry {
  watch(message: Message): void;
  /** Ends all messages whose time is over. */
  run(): void;
  /** Infinity when nothing will expire. */
  nextMs(): number;
  readonly end: (message: Message) => void;
}

/**
 * Only active, unlocked messages expire: a locked one when it is given back, a deferred one never (Service Bus
 * documentation, "Message deferral").
 */
export const createExpiry = (context: QueueContext, deadLetters: SubQueue): Expiry => {
  const { state, ledger, clock, alarm } = context;
  const watched = createHeap<Message>(expiresAtMs);
  const isThere = (message: Message): boolean => state.lanes.main.get(message.sequenceNumber) === message;

  const end = (message: Message): void => {
    const { sequenceNumber, deliveryCount } = message;
    if (!state.settings.deadLetterOnExpiration) {
      void ledger.commit({ kind: 'removed', queue: context.key, lane: 'main', sequenceNumber });
      return;
    }
    void deadLetter(context, message, expired, noChanges, deliveryCount).then(() =>
      deadLetters.offer(message),
    );
  };
  const endIfFree = (message: Message): void => {
    if (isThere(message) && message.state === 'active' && !message.locked) end(message);
  };

  return {
    end,
    watch: (message) => {
      if (!Number.isFinite(message.ttlMs)) return;
      watched.push(message);
      alarm.set(expiresAtMs(message));
    },
    run: () => {
      for (let first = watched.peek(); first !== undefined; first = watched.peek()) {
        if (expiresAtMs(first) > clock.now()) return;
        watched.pop();
        endIfFree(first);
      }
    },
    nextMs: () => {
      const first = watched.peek();
      return first === undefined ? Number.POSITIVE_INFINITY : expiresAtMs(first);
    },
  };
};
