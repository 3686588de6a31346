import { join } from 'node:path';
import { openJournal, type Journal } from '../../journal/journal.ts';
import { apply } from '../broker/apply.ts';
import { memoryLedger, type Ledger } from '../broker/ledger.ts';
import { snapshot } from '../broker/snapshot.ts';
import type { BrokerState } from '../broker/state.ts';
import { fromLine, toLine, type Line } from './changeCodec.ts';
import { createGrowth } from './growth.ts';

export interface StoreOptions {
  /** Absent: nothing is kept. */
  readonly stateFolder?: string;
  readonly sync?: boolean;
}

function* linesOf(state: BrokerState): Generator<Line> {
  for (const change of snapshot(state)) yield toLine(change);
}

const never = new Promise<never>(() => undefined);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const journalLedger = (state: BrokerState, journal: Journal<Line>, log: (line: string) => void): Ledger => {
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
      apply(state, change);
      const stored = journal.append(toLine(change));
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

const replay = (state: BrokerState, lines: readonly Line[]): void => {
  for (const line of lines) apply(state, fromLine(line));
};

/**
 * Brings `state` back as the journal left it, and writes down what happens from now on.
 *
 * @throws Error when the folder cannot be written or another process uses it.
 */
export const openLedger = async (
  state: BrokerState,
  { stateFolder, sync = false }: StoreOptions,
  log: (line: string) => void,
): Promise<Ledger> => {
  if (stateFolder === undefined) return memoryLedger(state);
  const { journal, entries, tornBytes } = await openJournal<Line>({
    file: join(stateFolder, 'bus.journal'),
    sync,
  });
  if (tornBytes > 0) log(`${tornBytes} bytes of a line that was being written at the end were cut off.`);
  replay(state, entries);
  await journal.compact(linesOf(state));
  return journalLedger(state, journal, log);
};
