import { createHeap } from './heap.ts';
import type { Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { messageNotFound, type Refusal } from './refusal.ts';

/** Messages that wait for their time. */
export interface Schedule {
  add(message: Message): void;
  /** All or none of them. */
  readonly cancel: (sequenceNumbers: readonly number[]) => Promise<Refusal | undefined>;
  /** Makes all messages active whose time has come. */
  run(): void;
  /** Infinity when nothing is scheduled. */
  nextMs(): number;
}

const dueMs = (message: Message): number => message.scheduledAtMs ?? 0;

/**
 * `activate` is called when the time of a message has come. It gets a new number then, as if it had been sent at
 * that moment (Service Bus documentation, "Message sequencing and timestamps").
 */
export const createSchedule = (context: QueueContext, activate: (message: Message) => void): Schedule => {
  const { state, ledger, clock, alarm, key } = context;
  const { main } = state.lanes;
  const waiting = createHeap<Message>(dueMs);
  const stillWaits = (message: Message): boolean =>
    message.state === 'scheduled' && main.get(message.sequenceNumber) === message;

  return {
    add: (message) => {
      waiting.push(message);
      alarm.set(dueMs(message));
    },
    cancel: async (sequenceNumbers) => {
      const isScheduled = (number: number): boolean => main.get(number)?.state === 'scheduled';
      if (!sequenceNumbers.every(isScheduled)) return messageNotFound(state.settings.name);
      const cancelled = sequenceNumbers.map((sequenceNumber) =>
        ledger.commit({ kind: 'removed', queue: key, lane: 'main', sequenceNumber }),
      );
      await Promise.all(cancelled);
      return undefined;
    },
    run: () => {
      for (let first = waiting.peek(); first !== undefined; first = waiting.peek()) {
        if (dueMs(first) > clock.now()) return;
        waiting.pop();
        if (stillWaits(first)) activate(first);
      }
    },
    nextMs: () => {
      const first = waiting.peek();
      return first === undefined ? Number.POSITIVE_INFINITY : dueMs(first);
    },
  };
};
