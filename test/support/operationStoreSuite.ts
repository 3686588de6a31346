import { beforeEach, describe, expect, it } from 'vitest';
import { shardOfJobId, shards } from '../../shared/job/jobId.ts';
import type { JobResult, Operation, StoredOperation } from '../../shared/operation/operation.ts';
import type { OperationStore } from '../../shared/operation/operationStore.ts';
import { jobWith, later, minutes, nth, operationTime } from './jobs.ts';
import { askedAt, operationWith } from './operations.ts';

const resultOf = (n: number, changes: Partial<JobResult> = {}): JobResult => ({
  jobId: jobWith(nth(n)).id,
  result: 'done',
  detail: 'Retry was asked by tests.',
  step: 0,
  outcome: 'pending',
  ...changes,
});

/** Ids of the jobs as results come: shard by shard, by id within each. */
const inOrder = (results: readonly JobResult[]): string[] =>
  shards.flatMap((shard) =>
    results
      .map(({ jobId }) => jobId)
      .filter((jobId) => shardOfJobId(jobId) === shard)
      .sort(),
  );

/** A moving operation with every column filled. */
const full: Partial<Operation> = {
  status: 'Stopped',
  phase: 'settling',
  message: 'Stopped itself: ä "quoted" 🙂',
  modifiedOn: later(askedAt, 1),
  startedOn: later(askedAt, 2),
  completedOn: later(askedAt, 3),
  position: {
    token: 'eyJ=',
    ahead: Array.from({ length: 100 }, (_, n) => resultOf(n).jobId),
    isLast: true,
    taken: 7,
  },
  exhausted: true,
  picked: [resultOf(1).jobId, resultOf(2).jobId],
  actFaults: 4,
  nextPickOn: later(askedAt, 4),
  steps: [
    { size: 1, done: 1, succeeded: 0, failedAgain: 1, gone: 0, status: 'stopped' },
    { size: undefined, done: 0, succeeded: 0, failedAgain: 0, gone: 0, status: 'pending' },
  ],
  refused: 1,
  missing: 2,
  failed: 3,
  watchedSince: later(askedAt, 5),
  lookOn: later(askedAt, 6),
  lookAfter: resultOf(2).jobId,
  staged: [{ jobId: resultOf(2).jobId, outcome: 'failedAgain' }],
};

/** The rules of a store of bulk operations; each implementation has to keep them. */
export const operationStoreSuite = (makeStore: () => Promise<OperationStore>): void => {
  let store: OperationStore;
  beforeEach(async () => {
    store = await makeStore();
  });

  const written = async (before: StoredOperation, changes: Partial<Operation>): Promise<StoredOperation> => {
    const after = await store.update(before, { ...before.operation, ...changes });
    if (after === 'changed') throw new Error('The update was refused.');
    return after;
  };

  describe('operations', () => {
    it('are given back as they were stored, whatever was asked for', async () => {
      const ids = Array.from({ length: 1000 }, (_, n) => resultOf(n).jobId);
      const [from, to] = [operationTime, later(operationTime, minutes(1))];
      const filters: readonly Operation['filter'][] = [
        { status: 'Failed' },
        { ids },
        {
          endpoint: 'orders',
          code: 'TimedOut',
          table: 'account',
          message: 'Create',
          minAttempts: 2,
          from,
          to,
        },
      ];
      for (const [n, filter] of filters.entries()) {
        const canary = n === 0 ? undefined : { steps: [1, 10], failureLimitPercent: 5 };
        const operation = operationWith({ filter, canary, until: n === 2 ? to : undefined }, n);
        await store.insert(operation);
        expect((await store.read(operation.id))?.operation).toEqual(operation);
      }
    });

    it('change to the last member, also back to nothing', async () => {
      const first = await store.insert(operationWith());
      const second = await written(first, full);
      expect((await store.read(first.operation.id))?.operation).toEqual({ ...first.operation, ...full });
      await written(second, first.operation);
      expect((await store.read(first.operation.id))?.operation).toEqual(first.operation);
    });

    it('are written by one of two who read the same version', async () => {
      const stored = await store.insert(operationWith());
      const read = await store.read(stored.operation.id);
      expect(read?.version).toBe(stored.version);
      await written(stored, { message: 'first' });
      expect(await store.update(stored, { ...stored.operation, message: 'second' })).toBe('changed');
      expect((await store.read(stored.operation.id))?.operation.message).toBe('first');
    });

    it('are stored once: one whose answer got lost is given back as it is (B-12)', async () => {
      const first = await store.insert(operationWith());
      expect(await store.insert(first.operation)).toEqual(first);
      const moved = await written(first, { message: 'The sweeper was quicker.' });
      expect(await store.insert(first.operation)).toEqual(moved);
      expect((await store.list({ top: 10 })).operations).toHaveLength(1);
    });

    it('that nobody asked for are not there', async () => {
      expect(await store.read(operationWith().id)).toBeUndefined();
    });

    it('are listed newest first, by page', async () => {
      const all = Array.from({ length: 5 }, (_, n) => operationWith({}, n, later(askedAt, minutes(n))));
      for (const operation of all) await store.insert(operation);
      const first = await store.list({ top: 3 });
      const second = await store.list({ top: 3, after: first.next ?? '' });
      const listed = [...first.operations, ...second.operations].map(({ id }) => id);
      expect(listed).toEqual(all.map(({ id }) => id).reverse());
      expect(second.next).toBeUndefined();
      expect(first.unreadable).toEqual([]);
    });

    it('are listed without the ids of a choice, but with their number', async () => {
      const ids = Array.from({ length: 1000 }, (_, n) => resultOf(n).jobId);
      const stored = await store.insert(operationWith({ filter: { ids, status: 'Failed' } }));
      await written(stored, { ...full, picked: ids.slice(0, 50) });
      const [listed] = (await store.list({ top: 1 })).operations;
      expect(listed).toMatchObject({ filter: { status: 'Failed' }, idCount: 1000, message: full.message });
      expect(JSON.stringify({ ...listed, lookAfter: '' })).not.toMatch(/[0-9a-z]{9}-[0-9a-f]{32}/);
    });

    it('that stand still are found, and those that are over are not', async () => {
      const [stalled, moving, over] = [1, 2, 3].map((n) => operationWith({}, n));
      if (stalled === undefined || moving === undefined || over === undefined)
        throw new Error('no operations');
      await store.insert(stalled);
      await written(await store.insert(moving), { modifiedOn: later(askedAt, minutes(5)) });
      await written(await store.insert(over), { phase: 'over' });
      expect(await store.listStalled(later(askedAt, minutes(1)))).toEqual([
        { id: stalled.id, modifiedOn: askedAt },
      ]);
    });

    it('that are over and old are found, and removed with their results, piece by piece (B-13)', async () => {
      const times = [1, 2, 3, 4].map((n) => later(askedAt, minutes(n)));
      const [old, running, older, young] = times.map((time, n) => operationWith({}, n, time));
      if (old === undefined || running === undefined || older === undefined || young === undefined)
        throw new Error('no operations');
      for (const operation of [old, older, young])
        await written(await store.insert(operation), { phase: 'over' });
      await store.insert(running);
      const before = later(askedAt, minutes(3) + 1);
      expect(await store.listOver(before, 10)).toEqual([older.id, old.id]);
      expect(await store.listOver(before, 1)).toEqual([older.id]);
      for (const part of [0, 1]) {
        const results = Array.from({ length: 75 }, (_, n) => resultOf(75 * part + n));
        await store.putResults(old.id, results);
      }
      await store.putResults(older.id, [resultOf(1)]);
      expect(await store.removeResults(old.id)).toBe(false);
      expect((await store.results(old.id, { top: 100 })).results).toHaveLength(50);
      expect(await store.removeResults(old.id)).toBe(true);
      expect(await store.removeResults(old.id)).toBe(true);
      await store.remove(old.id);
      await store.remove(old.id);
      expect(await store.read(old.id)).toBeUndefined();
      expect((await store.results(older.id, { top: 100 })).results).toHaveLength(1);
      expect(await store.listOver(before, 10)).toEqual([older.id]);
    });
  });

  describe('results', () => {
    const { id } = operationWith();

    it('are there once, however often they are written', async () => {
      const results = Array.from({ length: 100 }, (_, n) => resultOf(n));
      await store.putResults(id, results);
      await store.putResults(id, results.slice(0, 50));
      const page = await store.results(id, { top: 1000 });
      expect(page.results.map(({ jobId }) => jobId)).toEqual(inOrder(results));
      expect(new Set(page.results)).toEqual(new Set(results));
      expect(page.next).toBeUndefined();
    });

    it('are read one by one, where there are any', async () => {
      await store.putResults(id, [resultOf(1, { result: 'refused', outcome: undefined })]);
      const { jobId } = resultOf(1);
      expect(await store.readResult(id, jobId)).toEqual(
        resultOf(1, { result: 'refused', outcome: undefined }),
      );
      expect(await store.readResult(id, resultOf(2).jobId)).toBeUndefined();
    });

    it.each([2, 7, 30])('are paged shard by shard, by the id of the job, %i at a time', async (top) => {
      const results = Array.from({ length: 30 }, (_, n) => resultOf(n, { outcome: undefined }));
      await store.putResults(id, results);
      const all: JobResult[] = [];
      let after: string | undefined;
      do {
        const page = await store.results(id, { top, after });
        expect(page.results.length).toBeLessThanOrEqual(top);
        all.push(...page.results);
        after = page.next;
      } while (after !== undefined);
      expect(all.map(({ jobId }) => jobId)).toEqual(inOrder(results));
      expect(all[0]?.outcome).toBeUndefined();
    });

    it('whose outcome is open are found by step, and no longer when it is known', async () => {
      await store.putResults(id, [
        resultOf(1),
        resultOf(2, { step: 1 }),
        resultOf(3, { step: 1 }),
        resultOf(4, { result: 'refused', outcome: undefined }),
      ]);
      await store.putOutcomes(id, [{ jobId: resultOf(2).jobId, outcome: 'succeeded' }]);
      const open = async (step?: number) =>
        (await store.results(id, { top: 10, pending: { step } })).results.map(({ jobId }) => jobId);
      expect(await open(1)).toEqual([resultOf(3).jobId]);
      expect(await open()).toEqual(inOrder([resultOf(1), resultOf(3)]));
      const { results } = await store.results(id, { top: 10 });
      expect(results.find(({ jobId }) => jobId === resultOf(2).jobId)).toEqual(
        resultOf(2, { step: 1, outcome: 'succeeded' }),
      );
    });

    it('of one operation are not those of another', async () => {
      await store.putResults(id, [resultOf(1)]);
      expect(await store.results(operationWith({}, 2).id, { top: 10 })).toEqual({ results: [] });
    });
  });
};
