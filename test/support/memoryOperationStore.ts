import { shardOfJobId } from '../../shared/job/jobId.ts';
import type {
  JobResult,
  ListedOperation,
  Operation,
  StoredOperation,
} from '../../shared/operation/operation.ts';
import type { OperationStore, ResultQuery } from '../../shared/operation/operationStore.ts';

interface Entry {
  operation: Operation;
  version: string;
}

const isWanted = ({ pending }: ResultQuery, { outcome, step }: JobResult): boolean =>
  pending === undefined || (outcome === 'pending' && (pending.step === undefined || pending.step === step));

const without = <Whole extends object, Name extends string>(
  whole: Whole,
  names: readonly Name[],
): Omit<Whole, Name> =>
  Object.fromEntries(
    Object.entries(whole).filter(([name]) => !(names as readonly string[]).includes(name)),
  ) as Omit<Whole, Name>;

const listed = (operation: Operation): ListedOperation => ({
  ...without(operation, ['position', 'picked', 'staged']),
  filter: without(operation.filter, ['ids']),
  idCount: operation.filter.ids?.length,
});

/** Results come shard by shard. */
const placeOf = (jobId: string): string => shardOfJobId(jobId) + jobId;

const page = <Item>(found: readonly Item[], top: number, idOf: (item: Item) => string) => {
  const items = found.slice(0, top);
  const last = items.at(-1);
  return { items, ...(found.length > top && last !== undefined ? { next: idOf(last) } : {}) };
};

/** The store of bulk operations in memory, for tests; held to the real one by the same suite. */
export const memoryOperationStore = (): OperationStore => {
  const entries = new Map<string, Entry>();
  const results = new Map<string, Map<string, JobResult>>();
  let versions = 0;
  const nextVersion = (): string => `"${(versions += 1)}"`;
  const resultsOf = (id: string): Map<string, JobResult> => {
    const found = results.get(id) ?? new Map<string, JobResult>();
    results.set(id, found);
    return found;
  };
  const inOrder = (): Operation[] =>
    [...entries.values()].map(({ operation }) => operation).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    insert: async (operation) => {
      const entry = entries.get(operation.id) ?? { operation, version: nextVersion() };
      entries.set(operation.id, entry);
      return { ...entry };
    },
    read: async (id): Promise<StoredOperation | undefined> => {
      const entry = entries.get(id);
      return entry === undefined ? undefined : { ...entry };
    },
    update: async (before, after) => {
      const entry = entries.get(after.id);
      if (entry?.version !== before.version) return 'changed';
      entry.operation = after;
      entry.version = nextVersion();
      return { ...entry };
    },
    putResults: async (id, added) => {
      if (added.length > 100) throw new Error('A transaction holds 100 rows at most.');
      for (const result of added) resultsOf(id).set(result.jobId, result);
    },
    putOutcomes: async (id, outcomes) => {
      if (outcomes.length > 100) throw new Error('A transaction holds 100 rows at most.');
      for (const { jobId, outcome } of outcomes) {
        const result = resultsOf(id).get(jobId);
        if (result !== undefined) resultsOf(id).set(jobId, { ...result, outcome });
      }
    },
    results: async (id, query) => {
      const found = [...resultsOf(id).values()]
        .sort((a, b) => (placeOf(a.jobId) < placeOf(b.jobId) ? -1 : 1))
        .filter(({ jobId }) => query.after === undefined || placeOf(jobId) > placeOf(query.after))
        .filter((result) => isWanted(query, result));
      const { items, ...rest } = page(found, query.top, ({ jobId }) => jobId);
      return { results: items, ...rest };
    },
    readResult: async (id, jobId) => resultsOf(id).get(jobId),
    list: async ({ top, after = '' }) => {
      const found = inOrder().filter(({ id }) => id > after);
      const { items, ...rest } = page(found, top, ({ id }) => id);
      return { operations: items.map(listed), unreadable: [], ...rest };
    },
    listStalled: async (modifiedBefore) =>
      inOrder()
        .filter(({ phase, modifiedOn }) => phase !== 'over' && modifiedOn < modifiedBefore)
        .map(({ id, modifiedOn }) => ({ id, modifiedOn })),
    listOver: async (createdBefore, top) =>
      inOrder()
        .filter(({ phase, createdOn }) => phase === 'over' && createdOn < createdBefore)
        .map(({ id }) => id)
        .slice(0, top),
    removeResults: async (id) => {
      const all = resultsOf(id);
      for (const jobId of [...all.keys()].slice(0, 100)) all.delete(jobId);
      return all.size === 0;
    },
    remove: async (id) => {
      entries.delete(id);
    },
  };
};
