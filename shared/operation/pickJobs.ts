import type { JobId } from '../job/jobId.ts';
import type { JobListStore } from '../job/jobList.ts';
import type { Operation, OperationPosition } from './operation.ts';
import { leftAloneBecause, listQueryOf } from './operationFilter.ts';

export interface Pick {
  readonly ids: readonly JobId[];
  readonly position: OperationPosition;
  /** Nothing is left behind the position. */
  readonly exhausted: boolean;
}

/** Jobs a page of the list has, however few of them are wanted: a page costs the same. */
const pageSize = 100;

/** Pages looked at in one run. */
const mostPages = 20;

const pickIds = (ids: readonly JobId[], { taken = 0 }: OperationPosition, quota: number): Pick => {
  const picked = ids.slice(taken, taken + quota);
  const now = taken + picked.length;
  return { ids: picked, position: { taken: now }, exhausted: now >= ids.length };
};

/**
 * Takes the next jobs of an operation, at most `quota`. Explicit ids are all taken, so that each gets a result; of a
 * list, those that belong to the operation. Jobs leave the list while they are acted on, so the position is a place in
 * its order, never a number.
 *
 * @throws UnusableToken when the list no longer knows its own token.
 */
export const pickJobs = async (
  store: JobListStore,
  operation: Operation,
  quota: number,
  isLate: () => boolean,
): Promise<Pick> => {
  if (operation.filter.ids !== undefined) return pickIds(operation.filter.ids, operation.position, quota);
  const query = listQueryOf(operation.filter, pageSize);
  const ids: JobId[] = [];
  let { token, lastId } = operation.position;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const { jobs, next } = await store.list({ ...query, ...(token === undefined ? {} : { after: token }) });
    for (const job of jobs) {
      if (lastId !== undefined && job.id <= lastId) continue;
      if (ids.length >= quota) return { ids, position: positionOf(token, lastId), exhausted: false };
      lastId = job.id;
      if (leftAloneBecause(operation, job) === undefined) ids.push(job.id);
    }
    if (next === undefined) return { ids, position: positionOf(token, lastId), exhausted: true };
    [token, lastId] = [next, undefined];
    if (ids.length >= quota || isLate()) break;
  }
  return { ids, position: positionOf(token, lastId), exhausted: false };
};

const positionOf = (token: string | undefined, lastId: JobId | undefined): OperationPosition => ({
  ...(token === undefined ? {} : { token }),
  ...(lastId === undefined ? {} : { lastId }),
});
