import type { Lane } from './change.ts';
import { createHeap } from './heap.ts';
import type { Message } from './message.ts';
import type { QueueState } from './state.ts';

/** The messages of a lane that a receiver may be given, in order of their numbers. */
export interface ReadyMessages {
  offer(message: Message): void;
  /** Looks at the next one without taking it; what is no longer available is passed over. */
  peek(): Message | undefined;
  take(): Message | undefined;
}

/** A message that is removed or set aside stays in the heap until it would be its turn. */
export const createReadyMessages = (state: QueueState, lane: Lane): ReadyMessages => {
  const heap = createHeap<Message>((message) => message.sequenceNumber);
  const messages = state.lanes[lane];
  const isAvailable = (message: Message): boolean =>
    message.state === 'active' && !message.locked && messages.get(message.sequenceNumber) === message;
  const peek = (): Message | undefined => {
    for (let first = heap.peek(); first !== undefined; first = heap.peek()) {
      if (isAvailable(first)) return first;
      heap.pop();
    }
    return undefined;
  };
  return {
    offer: (message) => heap.push(message),
    peek,
    take: () => (peek() === undefined ? undefined : heap.pop()),
  };
};
