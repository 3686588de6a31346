import { describe, expect, it } from 'vitest';
import type { JobWalkStore, JobPage } from '../../../shared/job/jobList.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import type { Operation } from '../../../shared/operation/operation.ts';
import { pickJobs } from '../../../shared/operation/pickJobs.ts';
import { afterActs, afterPick } from '../../../shared/operation/progress.ts';
import { later } from '../../support/jobs.ts';
import { failedJob } from '../../support/operationRig.ts';
import { askedAt, operationWith } from '../../support/operations.ts';

/** The first sixty are newer, and of a partition whose scan is cut short once. */
const all = Array.from({ length: 120 }, (_, n) => failedJob(120 - n));
const [slow, quick] = [all.slice(0, 60), all.slice(60)];

/**
 * A walk of two pages whose first one was cut short. Asked for again, the first page has everything, as a service that
 * has become quick answers.
 */
const cutShortOnce = (jobs: {
  readonly slow: readonly SystemJob[];
  readonly quick: readonly SystemJob[];
}) => {
  const listed: (string | undefined)[] = [];
  const store: JobWalkStore = {
    walk: async ({ after }): Promise<JobPage> => {
      const isFirst = !listed.includes(after);
      listed.push(after);
      if (after !== undefined) return { jobs: jobs.slow, unreadable: [] };
      const page = isFirst ? jobs.quick : [...jobs.slow, ...jobs.quick].slice(0, 100);
      return { jobs: page, unreadable: [], next: 'second' };
    },
  };
  return { store, listed };
};

/** Takes everything, `quota` at a time. */
const pickAll = async (store: JobWalkStore, quota: number, isLate = false): Promise<string[]> => {
  const taken: string[] = [];
  let operation: Operation = operationWith();
  for (let picks = 1; picks <= 200 && operation.status === 'Running'; picks += 1) {
    const pick = await pickJobs(store, operation, quota, () => isLate);
    expect(pick.ids.length).toBeLessThanOrEqual(quota);
    taken.push(...pick.ids);
    const results = pick.ids.map((jobId) => ({
      jobId,
      result: 'done' as const,
      detail: '',
      step: 0,
      outcome: undefined,
    }));
    operation = afterActs(afterPick(operation, pick, askedAt), results, false, askedAt);
  }
  expect(operation.exhausted).toBe(true);
  return taken;
};

describe('the jobs that an operation takes (B-2)', () => {
  it.each([1, 10, 60, 100])(
    'are all of its list, %i at a time, also when a scan was cut short and newer ones came later',
    async (quota) => {
      const { store, listed } = cutShortOnce({ slow, quick });
      const taken = await pickAll(store, quota);
      expect([...taken].sort()).toEqual(all.map(({ id }) => id).sort());
      expect(listed).toEqual([undefined, 'second']);
    },
  );

  it('are those that belong to it: the others of a page are not kept', async () => {
    const late = failedJob(500, { modifiedOn: later(askedAt, 1) });
    const { store } = cutShortOnce({ slow: [late, ...slow.slice(0, 3)], quick: [late] });
    expect(await pickAll(store, 2)).toEqual(slow.slice(0, 3).map(({ id }) => id));
  });

  it('come even when time is up: each run lists one page at least', async () => {
    const { store } = cutShortOnce({ slow, quick: [] });
    expect(await pickAll(store, 100, true)).toHaveLength(60);
  });

  it('that are named are taken in their order, to the last', async () => {
    const ids = all.slice(0, 5).map(({ id }) => id);
    const { store, listed } = cutShortOnce({ slow, quick });
    const operation = operationWith({ filter: { ids } });
    const first = await pickJobs(store, operation, 3, () => false);
    const second = await pickJobs(store, { ...operation, position: first.position }, 3, () => false);
    expect([first.ids, second.ids]).toEqual([ids.slice(0, 3), ids.slice(3)]);
    expect([first.exhausted, second.exhausted]).toEqual([false, true]);
    expect(listed).toEqual([]);
  });
});
