import type { JobId } from '../job/jobId.ts';
import type { JobWalkStore } from '../job/jobList.ts';
import type { Operation, OperationPosition } from './operation.ts';
import { leftAloneBecause, listQueryOf } from './operationFilter.ts';

/** Jobs taken, and what is left behind them. */
export interface Picked {
  readonly ids: readonly JobId[];
  readonly position: OperationPosition;
  /** Nothing is left behind the position. */
  readonly exhausted: boolean;
}

/** Jobs of a page, however few of them are wanted: a page costs about the same. Its ids have to fit on the row. */
const pageSize = 100;

/** Pages looked at in one run; there is one for each partition at least, empty or not. */
const mostPages = 40;

const pickIds = (ids: readonly JobId[], { taken = 0 }: OperationPosition, quota: number): Picked => {
  const picked = ids.slice(taken, taken + quota);
  const now = taken + picked.length;
  return { ids: picked, position: { taken: now }, exhausted: now >= ids.length };
};

/** The jobs of the next page that belong to the operation, and where the walk goes on behind it. */
const nextPage = async (
  store: JobWalkStore,
  operation: Operation,
  { token }: OperationPosition,
): Promise<OperationPosition> => {
  const query = listQueryOf(operation.filter, pageSize);
  const { jobs, next } = await store.walk({ ...query, ...(token === undefined ? {} : { after: token }) });
  const ours = jobs.filter((job) => leftAloneBecause(operation, job) === undefined);
  return { ahead: ours.map(({ id }) => id), ...(next === undefined ? { isLast: true } : { token: next }) };
};

const withoutFirst = ({ ahead = [], ...rest }: OperationPosition, count: number): OperationPosition => {
  const left = ahead.slice(count);
  return left.length === 0 ? rest : { ...rest, ahead: left };
};

/**
 * Takes the next jobs of an operation, at most `quota`. Explicit ids are all taken, so that each gets a result; of a
 * filter, those that belong to the operation. No page is asked for twice: the second answer may have other jobs. What a page has beyond the quota is kept with the position, together with the token of the next one.
 *
 * @throws UnusableToken when the store no longer knows its own token.
 */
export const pickJobs = async (
  store: JobWalkStore,
  operation: Operation,
  quota: number,
  isLate: () => boolean,
): Promise<Picked> => {
  if (operation.filter.ids !== undefined) return pickIds(operation.filter.ids, operation.position, quota);
  let { position } = operation;
  const ids: JobId[] = [];
  for (let pages = 0; ; pages += 1) {
    const taken = (position.ahead ?? []).slice(0, quota - ids.length);
    ids.push(...taken);
    position = withoutFirst(position, taken.length);
    const isFull = ids.length >= quota || position.isLast === true;
    if (isFull || pages === mostPages || (pages > 0 && isLate())) break;
    position = await nextPage(store, operation, position);
  }
  return { ids, position, exhausted: position.isLast === true && position.ahead === undefined };
};
