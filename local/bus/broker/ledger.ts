import { apply } from './apply.ts';
import type { Change } from './change.ts';
import type { BrokerState } from './state.ts';

/** Makes changes last. */
export interface Ledger {
  /**
   * Makes the change in memory at once; resolves when it will survive the death of the process. Nobody may be told
   * that something happened before that. Never resolves when it cannot be stored: then nobody is told anything.
   */
  commit(change: Change): Promise<void>;
  close(): Promise<void>;
}

/** Forgets everything with the process. */
export const memoryLedger = (state: BrokerState): Ledger => {
  const done = Promise.resolve();
  return {
    commit: (change) => {
      apply(state, change);
      return done;
    },
    close: () => done,
  };
};
