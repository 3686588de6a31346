import { applyToNamespace, type NamespaceChange, type NamespaceState } from './namespace.ts';

/** Makes changes last. */
export interface Ledger {
  /**
   * Makes the change in memory at once; resolves when it will survive the death of the process. Nobody may be told
   * that something happened before that. Never resolves when it cannot be stored: then nobody is told anything.
   */
  commit(change: NamespaceChange): Promise<void>;
  close(): Promise<void>;
}

/** Forgets everything with the process. */
export const memoryLedger = (state: NamespaceState): Ledger => {
  const done = Promise.resolve();
  return {
    commit: (change) => {
      applyToNamespace(state, change);
      return done;
    },
    close: () => done,
  };
};
