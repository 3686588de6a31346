import { join } from 'node:path';
import { openJournal, type Journal } from '../../journal/journal.ts';
import { memoryLedger, type Ledger } from '../broker/ledger.ts';
import { applyToNamespace, snapshotOfNamespace, type NamespaceState } from '../broker/namespace.ts';
import { createGrowth } from './growth.ts';
import { fromNamespaceLine, toNamespaceLine, type NamespaceLine } from './namespaceCodec.ts';

export interface StoreOptions {
  /** Absent: nothing is kept. */
  readonly stateFolder?: string;
  readonly sync?: boolean;
}

function* linesOf(state: NamespaceState): Generator<NamespaceLine> {
  for (const change of snapshotOfNamespace(state)) yield toNamespaceLine(change);
}

const never = new Promise<never>(() => undefined);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const journalLedger = (
  state: NamespaceState,
  journal: Journal<NamespaceLine>,
  log: (line: string) => void,
): Ledger => {
  const growth = createGrowth(state);
  let compacting: Promise<void> | undefined;
  const cannotStore = (error: unknown): Promise<never> => {
    log(`Nothing is answered any more, since the state cannot be stored: ${messageOf(error)}`);
    return never;
  };
  const compact = async (): Promise<void> => {
    growth.reset();
    await journal.compact(linesOf(state)).catch(cannotStore);
    compacting = undefined;
  };
  return {
    commit: (change) => {
      applyToNamespace(state, change);
      const stored = journal.append(toNamespaceLine(change));
      growth.add(change);
      if (growth.isDue && compacting === undefined) compacting = compact();
      return stored.catch(cannotStore);
    },
    close: async () => {
      await compacting;
      await journal.close();
    },
  };
};

const replay = (state: NamespaceState, lines: readonly NamespaceLine[]): void => {
  for (const line of lines) applyToNamespace(state, fromNamespaceLine(line));
};

/**
 * Brings `state` back as the journal left it, and writes down what happens from now on.
 *
 * @throws Error when the folder cannot be written or another process uses it.
 */
export const openLedger = async (
  state: NamespaceState,
  { stateFolder, sync = false }: StoreOptions,
  log: (line: string) => void,
): Promise<Ledger> => {
  if (stateFolder === undefined) return memoryLedger(state);
  const { journal, entries, tornBytes } = await openJournal<NamespaceLine>({
    file: join(stateFolder, 'bus.journal'),
    sync,
  });
  if (tornBytes > 0) log(`${tornBytes} bytes of a line that was being written at the end were cut off.`);
  replay(state, entries);
  await journal.compact(linesOf(state));
  return journalLedger(state, journal, log);
};
