import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredJob, SystemJob } from '../../../shared/job/systemJob.ts';
import { cancelOperation } from '../../../shared/operation/cancelOperation.ts';
import { doneOf } from '../../../shared/operation/progress.ts';
import { later, minutes, seconds } from '../../support/jobs.ts';
import {
  afterDelivery,
  afterFailure,
  failedJob,
  operationRig,
  type OperationRig,
} from '../../support/operationRig.ts';
import { askedAt } from '../../support/operations.ts';

const mostSteps = 2000;

/** Steps until nothing more happens; `between` may move jobs. */
const runToEnd = async (rig: OperationRig, between: () => Promise<void> = async () => undefined) => {
  for (let steps = 1; steps <= mostSteps; steps += 1) {
    if ((await rig.step()).kind === 'over') return;
    await between();
  }
  throw new Error('The operation does not end.');
};

/** Attempts of all jobs that were asked to go on end as `outcome` says. */
const attempt =
  (rig: OperationRig, outcome: (job: SystemJob) => 'delivered' | 'failed' | 'none') => async () => {
    const { jobs } = await rig.jobs.list({ top: 1000, status: 'WaitingForResources' });
    for (const { id } of jobs) {
      await rig.change(id, (job) => {
        const end = outcome(job);
        if (end === 'none') return {};
        return end === 'delivered' ? afterDelivery(job, rig.clock.now()) : afterFailure(job, rig.clock.now());
      });
    }
  };

const putFailed = async (rig: OperationRig, count: number): Promise<string[]> => {
  const all = Array.from({ length: count }, (_, n) => failedJob(n));
  for (const job of all) await rig.put(job);
  return all.map(({ id }) => id).sort();
};

describe('a bulk operation', () => {
  it('acts once on every job of its filter and cut-off, on no other, and tells what came of each (B-1, B-2, B-5)', async () => {
    const rig = operationRig({ filter: { status: 'Failed', endpoint: 'orders' } });
    const ids = await putFailed(rig, 250);
    const others = [
      failedJob(301, { endpoint: 'other' }),
      failedJob(302, { status: 'Suspended' }),
      failedJob(303, { modifiedOn: later(askedAt, 1) }),
      failedJob(304, { createdOn: later(askedAt, 1) }),
    ];
    for (const job of others) await rig.put(job);
    await rig.ask();
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    for (const id of ids) expect(await rig.actsOn(id)).toBe(1);
    for (const { id } of others) expect(await rig.actsOn(id)).toBe(0);
    expect(await rig.operation()).toMatchObject({
      status: 'Completed',
      phase: 'over',
      refused: 0,
      missing: 0,
    });
    const results = await rig.results();
    expect(results.map(({ jobId }) => jobId)).toEqual(ids);
    expect(results.every(({ result, outcome }) => result === 'done' && outcome === 'succeeded')).toBe(true);
    expect(new Set(rig.nudged)).toEqual(new Set(ids));
  });

  it('acts on the jobs of a chunk one after the other, not all at once (B-3)', async () => {
    const rig = operationRig({ ratePerMinute: 600 });
    const ids = await putFailed(rig, 20);
    await rig.ask();
    await rig.run();
    const times = await Promise.all(ids.map(async (id) => (await rig.job(id))?.actions.at(-1)?.on));
    const elapsed = times.map((time) => Date.parse(time ?? '') - askedAt.getTime()).sort((a, b) => a - b);
    expect(elapsed).toEqual(ids.map((_, index) => index * 100));
  });

  it('writes each outcome once, and makes no run that only waits (B-8)', async () => {
    const rig = operationRig({ ratePerMinute: 60 });
    const ids = await putFailed(rig, 12);
    await rig.ask();
    const calls: string[] = [];
    let outcomes = 0;
    rig.setFault((call, [, staged]) => {
      calls.push(call);
      if (call === 'putOutcomes') outcomes += (staged as readonly unknown[]).length;
      return undefined;
    });
    let runs = 0;
    await runToEnd(rig, async () => {
      runs += 1;
      await attempt(rig, () => 'delivered')();
    });
    expect(outcomes).toBe(ids.length);
    const work = calls.filter((call) => ['putResults', 'results'].includes(call)).length;
    expect(runs).toBeLessThanOrEqual(work + 1);
  });

  it('says on each job who asked, why, and as part of what (B-6)', async () => {
    const rig = operationRig({
      action: 'cancel',
      filter: { status: 'Suspended' },
      reason: 'no longer wanted',
    });
    const job = failedJob(1, { status: 'Suspended' });
    await rig.put(job);
    await rig.ask();
    await runToEnd(rig);
    expect(await rig.job(job.id)).toMatchObject({
      status: 'Canceled',
      actions: [{ action: 'cancel', by: 'tests', reason: 'no longer wanted', operation: rig.id }],
    });
    expect(await rig.operation()).toMatchObject({ status: 'Completed', phase: 'over' });
    expect(await rig.results()).toMatchObject([{ result: 'done', outcome: undefined }]);
  });

  it('deletes the jobs of its filter, whatever their status (B-11)', async () => {
    const rig = operationRig({ action: 'delete', filter: { status: ['Failed', 'Succeeded'] } });
    const ids = await putFailed(rig, 3);
    const done = failedJob(10, { status: 'Succeeded' });
    const late = failedJob(11, { modifiedOn: later(askedAt, 1) });
    for (const job of [done, late]) await rig.put(job);
    await rig.ask();
    const faults = [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'after',
      undefined,
      'after',
    ] as const;
    const left = [...faults];
    rig.setFault(() => left.shift());
    await runToEnd(rig);
    for (const id of [...ids, done.id]) expect(await rig.job(id)).toBeUndefined();
    expect(await rig.job(late.id)).toBeDefined();
    const results = await rig.results();
    expect(results.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('tells of each job that it deletes, and who asked for it (B-11)', async () => {
    const rig = operationRig({ action: 'delete', filter: { status: 'Failed' }, by: 'Anna' });
    const ids = await putFailed(rig, 3);
    await rig.ask();
    await runToEnd(rig);
    expect(rig.deletions.map(({ id }) => id).sort()).toEqual(ids);
    expect(new Set(rig.deletions.map(({ by }) => by))).toEqual(new Set(['Anna']));
  });

  it('gives every named job a result, also those it leaves alone (B-2, B-5)', async () => {
    const [good, done, gone] = [failedJob(1), failedJob(2, { status: 'Succeeded' }), failedJob(3)];
    const rig = operationRig({ filter: { ids: [good.id, done.id, gone.id] } });
    await rig.put(good);
    await rig.put(done);
    await rig.ask();
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    const results = Object.fromEntries((await rig.results()).map(({ jobId, result }) => [jobId, result]));
    expect(results).toEqual({ [good.id]: 'done', [done.id]: 'refused', [gone.id]: 'missing' });
    expect(await rig.operation()).toMatchObject({ refused: 1, missing: 1 });
  });

  it('leaves alone a job that changed between being found and being acted on (B-2)', async () => {
    const rig = operationRig();
    const job = failedJob(1);
    await rig.put(job);
    await rig.ask();
    rig.setFault(async (call) => {
      if (call === 'update') await rig.change(job.id, () => ({ modifiedOn: later(askedAt, 5) }));
      return undefined;
    });
    await runToEnd(rig);
    expect(await rig.actsOn(job.id)).toBe(0);
    expect(await rig.results()).toMatchObject([
      { result: 'refused', detail: 'It changed after the cut-off.' },
    ]);
  });

  it('takes jobs no faster than its rate (B-3)', async () => {
    const rig = operationRig({ ratePerMinute: 60 });
    await putFailed(rig, 35);
    await rig.ask();
    for (let second = 0; second < 40; second += 1) {
      await rig.run();
      rig.clock.move(seconds(1));
      const elapsed = (rig.clock.now().getTime() - askedAt.getTime()) / seconds(1);
      expect(rig.nudged.length).toBeLessThanOrEqual(elapsed + 10);
    }
    expect(rig.nudged).toHaveLength(35);
  });

  it('counts what became of its jobs, and stops looking after ten minutes (B-8)', async () => {
    const rig = operationRig();
    const ids = await putFailed(rig, 9);
    await rig.ask();
    const endOf = ({ id }: SystemJob) =>
      (['delivered', 'failed', 'none'] as const)[ids.indexOf(id) % 3] ?? 'none';
    await runToEnd(rig, attempt(rig, endOf));
    const { steps, completedOn } = await rig.operation();
    expect(steps).toMatchObject([{ done: 9, succeeded: 3, failedAgain: 3, gone: 0 }]);
    const waited = rig.clock.now().getTime() - (completedOn ?? askedAt).getTime();
    expect(waited).toBeGreaterThanOrEqual(minutes(10));
    expect(waited).toBeLessThan(minutes(12));
    const outcomes = (await rig.results()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'pending')).toHaveLength(3);
  });
});

describe('a canary', () => {
  const canary = { steps: [1, 10, 100], failureLimitPercent: 10 };

  it('goes on step by step while the jobs of each step are delivered (B-4)', async () => {
    const rig = operationRig({ canary });
    await putFailed(rig, 150);
    await rig.ask();
    const taken = new Set<number>();
    await runToEnd(rig, async () => {
      taken.add(rig.nudged.length);
      const { phase } = await rig.operation();
      if (phase !== 'acting') await attempt(rig, () => 'delivered')();
    });
    expect([...taken]).toEqual(expect.arrayContaining([1, 11, 111, 150]));
    const { status, steps } = await rig.operation();
    expect(status).toBe('Completed');
    expect(steps.map(({ size, done, succeeded }) => [size, done, succeeded])).toEqual([
      [1, 1, 1],
      [10, 10, 10],
      [100, 100, 100],
      [undefined, 39, 39],
    ]);
  });

  it('stops itself when too many jobs of a step fail again, and touches no further job (B-4)', async () => {
    const rig = operationRig({ canary });
    await putFailed(rig, 150);
    await rig.ask();
    const isBad = (id: string): boolean => [5, 6].includes(rig.nudged.indexOf(id));
    await runToEnd(
      rig,
      attempt(rig, ({ id }) => (isBad(id) ? 'failed' : 'delivered')),
    );
    const operation = await rig.operation();
    expect(operation).toMatchObject({ status: 'Stopped', phase: 'over' });
    expect(operation.message).toBe('Stopped itself in step 2: 2 of 10 jobs failed again; the limit is 10 %.');
    expect(operation.steps.map(({ status }) => status)).toEqual(['passed', 'stopped', 'pending', 'pending']);
    expect(rig.nudged).toHaveLength(11);
  });

  it('stops when no job of a step comes to an end in ten minutes: that proves nothing (B-4)', async () => {
    const rig = operationRig({ canary });
    await putFailed(rig, 20);
    await rig.ask();
    await runToEnd(rig);
    expect(await rig.operation()).toMatchObject({ status: 'Stopped' });
    expect(rig.nudged).toHaveLength(1);
  });
});

describe('canceling an operation', () => {
  it('touches no further job; what was acted on has its result (B-7)', async () => {
    const rig = operationRig({ ratePerMinute: 60 });
    const ids = await putFailed(rig, 50);
    await rig.ask();
    await rig.step();
    const cancel = cancelOperation({ operations: rig.operations, now: rig.clock.now });
    expect(await cancel(rig.id, 'somebody')).toMatchObject({
      kind: 'done',
      stored: { operation: { status: 'Canceling' } },
    });
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    const operation = await rig.operation();
    expect(operation).toMatchObject({
      status: 'Canceled',
      message: 'Canceled. Cancel was asked by somebody.',
    });
    const acted = (await Promise.all(ids.map((id) => rig.actsOn(id)))).filter((count) => count > 0);
    expect(acted).toHaveLength(5);
    expect(await rig.results()).toHaveLength(5);
    expect(doneOf(operation)).toBe(5);
    expect(await cancel(rig.id, 'somebody')).toMatchObject({ kind: 'forbidden' });
  });

  it('finds out what a run that died had acted on (B-7)', async () => {
    const rig = operationRig();
    const ids = await putFailed(rig, 20);
    await rig.ask();
    rig.setFault((call) => (call === 'putResults' ? 'before' : undefined));
    await rig.step();
    rig.setFault(() => undefined);
    await cancelOperation({ operations: rig.operations, now: rig.clock.now })(rig.id, 'somebody');
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    expect(await rig.operation()).toMatchObject({ status: 'Canceled' });
    expect((await rig.results()).map(({ jobId }) => jobId)).toEqual(ids);
    for (const id of ids) expect(await rig.actsOn(id)).toBe(1);
  });
});

describe('canceling after a run that died between writing results and counting them', () => {
  it('counts them all: the refused, missing and failed ones too (B-7)', async () => {
    const [done, resting, gone] = [failedJob(1), failedJob(2, { status: 'Succeeded' }), failedJob(3)];
    const rig = operationRig({ filter: { ids: [done.id, resting.id, gone.id] } });
    await rig.put(done);
    await rig.put(resting);
    await rig.ask();
    rig.setFault((call) => (call === 'putResults' ? 'after' : undefined));
    await rig.step();
    rig.setFault(() => undefined);
    await cancelOperation({ operations: rig.operations, now: rig.clock.now })(rig.id, 'somebody');
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    const operation = await rig.operation();
    expect(operation).toMatchObject({ status: 'Canceled', refused: 1, missing: 1 });
    expect(doneOf(operation)).toBe(1);
    expect((await rig.results()).map(({ result }) => result).sort()).toEqual(['done', 'missing', 'refused']);
  });
});

describe('a run that dies anywhere, or runs twice', () => {
  it('acts once on every job, counts it once, and loses none (B-9)', async () => {
    const chance = fc.record({
      jobs: fc.integer({ min: 0, max: 40 }),
      withCanary: fc.boolean(),
      rate: fc.constantFrom(60, 600, 6000),
      seed: fc.array(fc.constantFrom('before', 'after', undefined, undefined, undefined), { maxLength: 60 }),
      twice: fc.array(fc.boolean(), { maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(chance, async ({ jobs, withCanary, rate, seed, twice }) => {
        const canary = withCanary ? { steps: [1, 10], failureLimitPercent: 50 } : undefined;
        const rig = operationRig({ ratePerMinute: rate, canary });
        const ids = await putFailed(rig, jobs);
        const late = failedJob(900, { modifiedOn: later(askedAt, seconds(1)) });
        await rig.put(late);
        await rig.ask();
        const faults = [...seed];
        const twins = [...twice];
        const deliver = attempt(rig, () => 'delivered');
        // As many in a row as would be the result of a job do not come.
        rig.setFault(async () => ((await rig.operation()).actFaults < 8 ? faults.shift() : undefined));
        await runToEnd(rig, async () => {
          if (twins.shift() === true) await Promise.all([rig.run(), rig.run()]);
          await deliver();
        });
        for (const id of ids) expect(await rig.actsOn(id)).toBe(1);
        expect(await rig.actsOn(late.id)).toBe(0);
        const operation = await rig.operation();
        expect(operation).toMatchObject({ status: 'Completed', refused: 0, missing: 0, failed: 0 });
        expect(doneOf(operation)).toBe(jobs);
        expect(operation.steps.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(jobs);
        const results = await rig.results();
        expect(results.map(({ jobId }) => jobId)).toEqual(ids);
        expect(results.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('does not take the faults of an outage for faults of jobs: a job whose first try fails is tried again (B-5)', async () => {
    const rig = operationRig({ ratePerMinute: 6000 });
    const ids = await putFailed(rig, 2);
    await rig.ask();
    let readings = 0;
    rig.setFault((call, [id]) => {
      const isOperation = call === 'read' && id === rig.id;
      return isOperation && (readings += 1) <= 12 ? 'before' : undefined;
    });
    for (let runs = 1; runs <= 12; runs += 1) await rig.step();
    let isFirst = true;
    rig.setFault((call, [id]) => {
      const isLate = call === 'read' && ids.includes(String(id)) && isFirst;
      if (isLate) isFirst = false;
      return isLate ? 'before' : undefined;
    });
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    expect(isFirst).toBe(false);
    expect(await rig.operation()).toMatchObject({ status: 'Completed', failed: 0 });
    expect((await rig.results()).map(({ result }) => result)).toEqual(['done', 'done']);
  });

  it('tells a job that failed ten times in a row through a fault of ours, not nine times (B-5)', async () => {
    const rig = operationRig();
    const [bad = ''] = await putFailed(rig, 1);
    await rig.ask();
    let tries = 0;
    rig.setFault((call, [id]) => (call === 'read' && id === bad && (tries += 1) > 0 ? 'before' : undefined));
    for (let runs = 1; runs <= 10; runs += 1) await rig.step();
    expect(await rig.operation()).toMatchObject({ failed: 0, actFaults: 10 });
    await runToEnd(rig);
    expect(tries).toBe(11);
    expect(await rig.results()).toMatchObject([{ jobId: bad, result: 'failed' }]);
  });

  it('does not stop for ever at a job that cannot be read or written; that is its result (B-9)', async () => {
    const rig = operationRig();
    const [bad = '', good = ''] = await putFailed(rig, 2);
    await rig.ask();
    rig.setFault((call, [before]) =>
      call === 'update' && (before as Partial<StoredJob>).job?.id === bad ? 'before' : undefined,
    );
    await runToEnd(
      rig,
      attempt(rig, () => 'delivered'),
    );
    expect(await rig.actsOn(good)).toBe(1);
    expect(await rig.operation()).toMatchObject({ status: 'Completed', failed: 1 });
    expect(await rig.results()).toMatchObject([
      { jobId: bad, result: 'failed', detail: 'update did not begin' },
      { jobId: good, result: 'done' },
    ]);
  });
});
