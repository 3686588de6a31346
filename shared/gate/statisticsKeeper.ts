import type { FinishedAttempt } from '../job/afterAttempt.ts';
import { counted, firstHour, hourOf, noCounts, type HourRow } from './statistics.ts';

/** Where counts are kept. They are figures for people, not accounts: a process that dies takes its last ones along. */
export interface StatisticsStore {
  /** Writes the row whole; nobody else writes it. */
  putHour(row: HourRow): Promise<void>;
  /** Rows from this hour on, of one endpoint or of all. */
  listHours(fromHour: string, endpoint?: string): Promise<readonly HourRow[]>;
  /** Removes some of the rows before this hour, a hundred at most; tells how many. */
  removeHours(beforeHour: string): Promise<number>;
}

/** Counts of this process are written this long after the first that is not. */
export const flushMs = 10_000;

export interface StatisticsDependencies {
  readonly store: Pick<StatisticsStore, 'putHour'>;
  /** Tells this process from all others. */
  readonly instance: string;
  /** Calls back after `ms` milliseconds; does not keep the process up. */
  readonly after: (ms: number, call: () => void) => unknown;
  readonly failed: (error: unknown) => void;
}

export interface StatisticsKeeper {
  /** Counts an attempt; writes nothing at once, and never throws. */
  count(endpoint: string, attempt: FinishedAttempt): void;
}

/** Counts the attempts of this process and writes the sums now and then: one request for each endpoint that had any. */
export const statisticsKeeper = (deps: StatisticsDependencies): StatisticsKeeper => {
  const { store, instance, after, failed } = deps;
  const rows = new Map<string, HourRow>();
  const unwritten = new Set<string>();
  let isPlanned = false;

  const flushOne = async (key: string): Promise<void> => {
    const row = rows.get(key);
    if (row === undefined) return;
    unwritten.delete(key);
    try {
      await store.putHour(row);
    } catch (error) {
      unwritten.add(key);
      throw error;
    }
  };

  /** What is written and of an hour that is over will not change any more. */
  const forgetOld = (hour: string): void => {
    for (const [key, row] of rows) if (row.hour < hour && !unwritten.has(key)) rows.delete(key);
  };

  const flush = (): void => {
    isPlanned = false;
    void Promise.all([...unwritten].map(flushOne)).catch(failed);
  };

  return {
    count: (endpoint, { startedOn, endedOn, delivery }) => {
      const hour = hourOf(endedOn);
      const key = `${hour}~${endpoint}`;
      const { counts } = rows.get(key) ?? { counts: noCounts };
      const isDelivered = delivery.kind === 'delivered';
      forgetOld(firstHour(endedOn, 2));
      rows.set(key, {
        hour,
        endpoint,
        instance,
        counts: counted(counts, { startedOn, endedOn, isDelivered }),
      });
      unwritten.add(key);
      if (isPlanned) return;
      isPlanned = true;
      after(flushMs, flush);
    },
  };
};
