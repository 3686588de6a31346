import type { IncomingMessage } from '../wire/messageParts.ts';
import type { QueueContext } from './queueContext.ts';

/** What is left of a transfer when messages that came before are taken out. */
interface Sifted {
  readonly fresh: readonly IncomingMessage[];
  readonly dropped: number;
  /** The first copies of dropped messages may still be on their way to the disk: then these have to arrive first. */
  readonly firstCopies: readonly Promise<void>[];
}

/**
 * Duplicate detection: a message whose id was accepted within the window is dropped silently, which the sender is
 * told as success (Service Bus documentation, "Duplicate detection").
 */
export interface DuplicateFilter {
  sift(messages: readonly IncomingMessage[]): Sifted;
  /** Remembers that these messages are being stored. */
  storing(messages: readonly IncomingMessage[], stored: Promise<void>): void;
}

export const createDuplicateFilter = ({ state, clock }: QueueContext): DuplicateFilter => {
  const onTheirWay = new Map<string, Promise<void>>();

  const forgetBefore = (timeMs: number): void => {
    for (const [id, acceptedAtMs] of state.history) {
      if (acceptedAtMs > timeMs) return;
      state.history.delete(id);
    }
  };

  return {
    sift: (messages) => {
      const windowMs = state.settings.duplicateDetectionWindowMs;
      if (windowMs === undefined) return { fresh: messages, dropped: 0, firstCopies: [] };
      forgetBefore(clock.now() - windowMs);
      const fresh = new Map<string, IncomingMessage>();
      const firstCopies: Promise<void>[] = [];
      for (const message of messages) {
        const onItsWay = onTheirWay.get(message.id);
        if (onItsWay !== undefined) firstCopies.push(onItsWay);
        else if (!state.history.has(message.id) && !fresh.has(message.id)) fresh.set(message.id, message);
      }
      return { fresh: [...fresh.values()], dropped: messages.length - fresh.size, firstCopies };
    },
    storing: (messages, stored) => {
      if (state.settings.duplicateDetectionWindowMs === undefined) return;
      for (const { id } of messages) onTheirWay.set(id, stored);
      const arrived = (): void => {
        for (const { id } of messages) onTheirWay.delete(id);
      };
      stored.then(arrived, arrived);
    },
  };
};
