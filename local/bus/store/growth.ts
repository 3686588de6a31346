import type { NamespaceChange, NamespaceState } from '../broker/namespace.ts';

/** Estimates when a journal holds so much of the past that rewriting it pays. */
export interface Growth {
  add(change: NamespaceChange): void;
  readonly isDue: boolean;
  reset(): void;
}

/** A line of a change that holds no message, roughly. */
const smallLineBytes = 100;
/** Base64 makes four bytes of three. */
const encodedBytes = (bytes: number): number => (bytes * 4) / 3 + smallLineBytes;

/** Below this it is not worth the trouble. */
const leastBytes = 32 * 1024 ** 2;

/** Sizes of the messages or events a change brings with it. */
const sizesIn = (change: NamespaceChange): readonly number[] => {
  switch (change.kind) {
    case 'accepted':
      return change.messages.map(({ sizeBytes }) => sizeBytes);
    case 'published': {
      const messages = [...change.scheduled, ...change.copies.flatMap((copies) => copies.messages)];
      return messages.map(({ sizeBytes }) => sizeBytes);
    }
    case 'appended':
      return change.events.map(({ bytes }) => bytes.length);
    default:
      return [];
  }
};

const bytesOf = (change: NamespaceChange): number =>
  sizesIn(change).reduce((sum, sizeBytes) => sum + encodedBytes(sizeBytes), smallLineBytes);

const liveBytes = (state: NamespaceState): number => {
  let bytes = 0;
  for (const queue of state.entities.values())
    bytes += encodedBytes(queue.sizeBytes) + queue.history.size * smallLineBytes;
  for (const { partitions } of state.hubs.values()) {
    for (const { events } of partitions)
      for (const event of events) bytes += encodedBytes(event.bytes.length);
  }
  return bytes;
};

/** Due when twice as much was appended as a rewritten journal would hold. */
export const createGrowth = (state: NamespaceState): Growth => {
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
