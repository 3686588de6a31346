import { inParallel } from './inParallel.ts';
import type { JobId } from '../job/jobId.ts';
import type { JobWalkStore } from '../job/jobList.ts';
import type { StoredJob } from '../job/systemJob.ts';
import { UnreadableJob } from '../job/unreadableJob.ts';
import { leftAloneBecause, listQueryOf, type Selection } from './operationFilter.ts';

/** What counting needs of the store. */
export interface CountStore extends JobWalkStore {
  read(id: JobId): Promise<StoredJob | undefined>;
}

export interface JobCount {
  readonly count: number;
  /** False when counting was cut short: there are at least so many. */
  readonly complete: boolean;
}

/** A person waits for the number. */
const mostMs = 5000;
const pageSize = 500;

/** Jobs read at once. */
const breadth = 16;

const isSelected = async (store: CountStore, selection: Selection, id: JobId): Promise<boolean> => {
  try {
    const stored = await store.read(id);
    return stored !== undefined && leftAloneBecause(selection, stored.job) === undefined;
  } catch (error) {
    if (error instanceof UnreadableJob) return false;
    throw error;
  }
};

const countIds = async (
  store: CountStore,
  selection: Selection,
  ids: readonly JobId[],
  isLate: () => boolean,
): Promise<JobCount> => {
  let count = 0;
  let looked = 0;
  await inParallel(ids, breadth, async (id) => {
    if (isLate()) return;
    if (await isSelected(store, selection, id)) count += 1;
    looked += 1;
  });
  return { count, complete: looked === ids.length };
};

/** Counts the jobs that an operation would act on now, for as long as a person would wait. */
export const countJobs = async (
  store: CountStore,
  selection: Selection,
  now: () => Date,
): Promise<JobCount> => {
  const endMs = now().getTime() + mostMs;
  const isLate = (): boolean => now().getTime() > endMs;
  const { filter } = selection;
  if (filter.ids !== undefined) return countIds(store, selection, filter.ids, isLate);
  const query = listQueryOf(filter, pageSize);
  let count = 0;
  let after: string | undefined;
  do {
    const { jobs, next } = await store.walk({ ...query, ...(after === undefined ? {} : { after }) });
    count += jobs.filter((job) => leftAloneBecause(selection, job) === undefined).length;
    if (next === undefined) return { count, complete: true };
    after = next;
  } while (!isLate());
  return { count, complete: false };
};
