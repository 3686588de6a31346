import type { Lane } from './change.ts';
import { createHeap } from './heap.ts';
import type { Message } from './message.ts';
import type { QueueState } from './state.ts';

export interface Browsing {
  readonly fromNumber: number;
  readonly atMost: number;
  readonly isWanted: (message: Message) => boolean;
}

/** Messages from a number on, in order, whatever their state; nothing is locked (peek). */
export const browse = (
  state: QueueState,
  lane: Lane,
  { fromNumber, atMost, isWanted }: Browsing,
): Message[] => {
  const found: Message[] = [];
  const isThere = (message: Message): boolean => message.sequenceNumber >= fromNumber && isWanted(message);
  if (lane === 'main') {
    // The queue proper is kept in order of numbers.
    for (const message of state.lanes.main.values()) {
      if (found.length >= atMost) break;
      if (isThere(message)) found.push(message);
    }
    return found;
  }
  const sorted = createHeap<Message>((message) => message.sequenceNumber);
  for (const message of state.lanes[lane].values()) if (isThere(message)) sorted.push(message);
  for (let next = sorted.pop(); next !== undefined && found.length < atMost; next = sorted.pop()) {
    found.push(next);
  }
  return found;
};
