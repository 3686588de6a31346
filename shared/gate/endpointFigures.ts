import type { ShortMemory } from '../memory/shortMemory.ts';
import type { BacklogCount, BacklogStore } from './backlog.ts';
import { firstHour, type HourRow } from './statistics.ts';
import type { StatisticsStore } from './statisticsKeeper.ts';

/** What is counted of endpoints. */
export interface EndpointFigures {
  readonly count: BacklogCount;
  readonly rows: readonly HourRow[];
}

export interface FiguresDependencies {
  readonly store: BacklogStore;
  /** Many who look on at once cost one count. */
  readonly backlogs: ShortMemory<BacklogCount>;
  readonly statisticsStore: Pick<StatisticsStore, 'listHours'>;
  readonly now: () => Date;
}

/** @param endpoint statistics of this one only; of all when absent. */
export const readFigures = async (
  { store, backlogs, statisticsStore, now }: FiguresDependencies,
  endpoint?: string,
): Promise<EndpointFigures> => {
  const [count, rows] = await Promise.all([
    backlogs.get(() => store.countBacklog()),
    statisticsStore.listHours(firstHour(now()), endpoint),
  ]);
  return { count, rows };
};

const uncounted: EndpointFigures = { count: { byEndpoint: new Map(), complete: false }, rows: [] };

/** Counts anew, and leaves nothing behind for those who look on. */
const unshared: ShortMemory<BacklogCount> = { get: (load) => load(), forget: () => undefined };

/**
 * For the answer to an action that is done. Who acted looks next, so what was counted before is forgotten. When its figures cannot be read it goes without them, `complete` is false
 * then. Told that it failed, a person would repeat it, and be refused.
 */
export const figuresIfReadable = (
  deps: FiguresDependencies,
  endpoint: string,
  failed: (error: unknown) => void,
): Promise<EndpointFigures> => {
  deps.backlogs.forget();
  return readFigures({ ...deps, backlogs: unshared }, endpoint).catch((error: unknown) => {
    failed(error);
    return uncounted;
  });
};
