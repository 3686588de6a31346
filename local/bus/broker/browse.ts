import type { Lane } from './change.ts';
import { createHeap } from './heap.ts';
import type { Message } from './message.ts';
import type { QueueState } from './state.ts';

/** Messages from a number on, in order, whatever their state; nothing is locked (peek). */
export const browse = (state: QueueState, lane: Lane, fromNumber: number, atMost: number): Message[] => {
  const found: Message[] = [];
  if (lane === 'main') {
    // The queue proper is kept in order of numbers.
    for (const message of state.lanes.main.values()) {
      if (found.length >= atMost) break;
      if (message.sequenceNumber >= fromNumber) found.push(message);
    }
    return found;
  }
  const sorted = createHeap<Message>((message) => message.sequenceNumber);
  for (const message of state.lanes[lane].values()) {
    if (message.sequenceNumber >= fromNumber) sorted.push(message);
  }
  for (let next = sorted.pop(); next !== undefined && found.length < atMost; next = sorted.pop()) {
    found.push(next);
  }
  return found;
};
