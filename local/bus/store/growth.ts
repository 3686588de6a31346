import type { Change } from '../broker/change.ts';
import type { NewMessage } from '../broker/message.ts';
import type { BrokerState } from '../broker/state.ts';

/** Estimates when a journal holds so much of the past that rewriting it pays. */
export interface Growth {
  add(change: Change): void;
  readonly isDue: boolean;
  reset(): void;
}

/** A line of a change that holds no message, roughly. */
const smallLineBytes = 100;
/** Base64 makes four bytes of three. */
const encodedBytes = (bytes: number): number => (bytes * 4) / 3 + smallLineBytes;

/** Below this it is not worth the trouble. */
const leastBytes = 32 * 1024 ** 2;

/** The messages a change brings with it. */
const messagesIn = (change: Change): readonly NewMessage[] => {
  if (change.kind === 'accepted') return change.messages;
  if (change.kind !== 'published') return [];
  return [...change.scheduled, ...change.copies.flatMap(({ messages }) => messages)];
};

const bytesOf = (change: Change): number =>
  messagesIn(change).reduce((sum, { sizeBytes }) => sum + encodedBytes(sizeBytes), smallLineBytes);

const liveBytes = (state: BrokerState): number => {
  let bytes = 0;
  for (const queue of state.values())
    bytes += encodedBytes(queue.sizeBytes) + queue.history.size * smallLineBytes;
  return bytes;
};

/** Due when twice as much was appended as a rewritten journal would hold. */
export const createGrowth = (state: BrokerState): Growth => {
  let appendedBytes = 0;
  return {
    add: (change) => {
      appendedBytes += bytesOf(change);
    },
    get isDue() {
      return appendedBytes > leastBytes && appendedBytes > 2 * liveBytes(state);
    },
    reset: () => {
      appendedBytes = 0;
    },
  };
};
