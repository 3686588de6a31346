import { describe, expect, it } from 'vitest';
import { nudgeOperations } from '../../../shared/operation/nudgeOperations.ts';
import { keptMs, removeOldOperations } from '../../../shared/operation/oldOperations.ts';
import { jobWith, later, minutes, nth, seconds } from '../../support/jobs.ts';
import { memoryOperationStore } from '../../support/memoryOperationStore.ts';
import { askedAt, operationWith } from '../../support/operations.ts';

/** Operations that are over, one a minute, each with so many results. */
const rigWith = async (...results: readonly number[]) => {
  const operations = memoryOperationStore();
  const ids: string[] = [];
  for (const [n, count] of results.entries()) {
    const operation = operationWith({}, n, later(askedAt, minutes(n)));
    ids.unshift(operation.id);
    await operations.insert({ ...operation, phase: 'over', status: 'Completed' });
    for (let job = 0; job < count; job += 1) {
      const { id: jobId } = jobWith(nth(job));
      await operations.putResults(operation.id, [
        { jobId, result: 'done', detail: '', step: 0, outcome: undefined },
      ]);
    }
  }
  const left = async () => (await operations.list({ top: 100 })).operations.map(({ id }) => id);
  return { operations, ids, left };
};

describe('old operations (B-13)', () => {
  it('are removed with their results 90 days after they were asked for, and no younger ones', async () => {
    const { operations, ids, left } = await rigWith(250, 3, 1);
    const [young = '', old = '', older = ''] = ids;
    const now = () => later(askedAt, keptMs + minutes(2));
    expect(await removeOldOperations({ operations, now })).toBe(2);
    expect(await left()).toEqual([young]);
    for (const id of [old, older]) expect((await operations.results(id, { top: 10 })).results).toEqual([]);
    expect((await operations.results(young, { top: 10 })).results).toHaveLength(1);
  });

  it('are kept while they are not over, however old', async () => {
    const operations = memoryOperationStore();
    const { operation } = await operations.insert({ ...operationWith(), phase: 'settling' });
    const now = () => later(askedAt, 2 * keptMs);
    expect(await removeOldOperations({ operations, now })).toBe(0);
    expect(await operations.read(operation.id)).toBeDefined();
  });

  it('are removed piece by piece: what a run does not get done is left to the next one', async () => {
    const { operations, left } = await rigWith(100 * 50 + 1, 1);
    const now = () => later(askedAt, 2 * keptMs);
    expect(await removeOldOperations({ operations, now })).toBe(1);
    expect(await left()).toHaveLength(1);
    expect(await removeOldOperations({ operations, now })).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('are left to the next run when time is up', async () => {
    const { operations, left } = await rigWith(1, 1);
    let calls = 0;
    const now = () => later(askedAt, 2 * keptMs + (calls += 1) * seconds(12));
    expect(await removeOldOperations({ operations, now })).toBe(1);
    expect(await left()).toHaveLength(1);
  });

  it('are the work of the sweeper', async () => {
    const { operations, left } = await rigWith(1);
    await nudgeOperations({ operations, nudge: async () => true, now: () => later(askedAt, 2 * keptMs) });
    expect(await left()).toEqual([]);
  });
});
