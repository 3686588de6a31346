import type { Lane } from './change.ts';
import { createWaiters, type Waiters } from './consumers.ts';
import { createReadyMessages, type ReadyMessages } from './readyMessages.ts';
import type { QueueState } from './state.ts';

/** The messages of one session that are ready, and who waits for them. */
export interface Shelf {
  readonly ready: ReadyMessages;
  readonly waiters: Waiters;
}

/** The shelves of a lane: one for each session; a lane without sessions has one. */
export interface Shelves {
  /** Makes it when it is not there. */
  of(session: string): Shelf;
  all(): Iterable<readonly [session: string, shelf: Shelf]>;
  /** Takes it away when nothing is on it. */
  tidy(session: string): void;
}

export const createShelves = (state: QueueState, lane: Lane): Shelves => {
  const shelves = new Map<string, Shelf>();
  return {
    of: (session) => {
      const known = shelves.get(session) ?? {
        ready: createReadyMessages(state, lane),
        waiters: createWaiters(),
      };
      shelves.set(session, known);
      return known;
    },
    all: () => shelves,
    tidy: (session) => {
      const shelf = shelves.get(session);
      if (shelf?.ready.peek() === undefined && shelf?.waiters.isEmpty() === true) shelves.delete(session);
    },
  };
};
