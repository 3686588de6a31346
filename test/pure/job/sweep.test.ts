import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { nudgeWith, startWith } from '../../../shared/job/nudge.ts';
import { sweep } from '../../../shared/job/sweep.ts';
import {
  sweepGraceMs,
  sweepReachMs,
  sweepStretches,
  sweepStretchMs,
} from '../../../shared/job/sweepWindow.ts';
import { acceptedAt, hours, jobWith, later, minutes, nth, seconds } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { testClock } from '../../support/posting.ts';
import { rememberingStarter } from '../../support/starter.ts';

let store: ReturnType<typeof memoryJobStore>;
let engine: ReturnType<typeof rememberingStarter>;
let clock: ReturnType<typeof testClock>;
beforeEach(() => {
  store = memoryJobStore();
  engine = rememberingStarter();
  clock = testClock(acceptedAt);
});

const run = () =>
  sweep({
    store,
    nudge: nudgeWith(engine.starter, () => undefined),
    start: startWith(engine.starter, () => undefined),
    unreadable: () => undefined,
    now: clock.now,
  });

const put = (job = jobWith()) => store.insert(job, new Uint8Array());

describe('the sweeper (W-1)', () => {
  it('starts what was stored more than a minute ago and never started', async () => {
    await put();
    expect(await run()).toMatchObject({ unstarted: 0 });
    clock.move(seconds(61));
    expect(await run()).toMatchObject({ unstarted: 1 });
    expect(engine.calls).toEqual(['start 1']);
  });

  it('leaves alone what has ended, waits its turn or rests', async () => {
    await put(jobWith(nth(1), { status: 'Succeeded' }));
    await put(jobWith(nth(2), { status: 'Suspended', attention: true }));
    await put(
      jobWith(nth(3), { status: 'Waiting', attention: true, postponeUntil: later(acceptedAt, hours(1)) }),
    );
    clock.move(minutes(30));
    expect(await run()).toMatchObject({ unstarted: 0, overdue: 0 });
    expect(engine.calls).toEqual([]);
  });

  it('nudges what a person asked for and what is past its time', async () => {
    const asked = jobWith(nth(1), { status: 'Canceling', attention: true, attemptCount: 2 });
    const late = jobWith(nth(2), {
      status: 'Waiting',
      attention: true,
      postponeUntil: later(acceptedAt, seconds(5)),
    });
    await put(asked);
    await put(late);
    engine.running.add(late.id);
    clock.move(minutes(3));
    expect(await run()).toMatchObject({ overdue: 2 });
    expect([...engine.calls].sort()).toEqual(['start 3', 'wake']);
  });

  it('keeps what it could not start in the attention index, and starts it when it can', async () => {
    await put();
    engine.break();
    clock.move(minutes(2));
    await run();
    const [job] = (await store.list({ top: 1 })).jobs;
    expect(job?.attention).toBe(true);
    engine.mend();
    clock.move(hours(5));
    expect(await run()).toMatchObject({ unstarted: 0, overdue: 1 });
    expect(engine.calls).toEqual(['start 1']);
  });

  it('finds what was lost while it did not run (W-2)', async () => {
    await run();
    await put(jobWith({}, { createdOn: later(acceptedAt, minutes(1)) }));
    clock.move(hours(20));
    expect(await run()).toEqual({
      unstarted: 1,
      overdue: 0,
      sweptUntilMs: clock.now().getTime() - sweepGraceMs,
      finished: true,
    });
    expect(await store.readSweptUntil()).toBe(clock.now().getTime() - sweepGraceMs);
  });

  it('does not wake what was never started', async () => {
    await put();
    engine.running.add(jobWith().id);
    clock.move(minutes(2));
    expect(await run()).toMatchObject({ unstarted: 1 });
    expect(engine.calls).toEqual([]);
  });
});

describe('a job that stays unstarted though its start was accepted (W-3)', () => {
  const attentionOf = async (id: string) => (await store.read(id))?.job.attention;

  it('is left out of the index for five minutes and then entered', async () => {
    const job = jobWith();
    await put(job);
    engine.running.add(job.id);
    clock.move(minutes(5));
    await run();
    expect(await attentionOf(job.id)).toBe(false);
    clock.move(1);
    await run();
    expect(await attentionOf(job.id)).toBe(true);
  });

  it('is never outside both the index and what the next sweep looks at', async () => {
    const times = fc.record({
      lateMs: fc.integer({ min: -sweepReachMs, max: sweepReachMs }),
      waits: fc.array(fc.integer({ min: 1, max: minutes(9) }), { minLength: 1, maxLength: 12 }),
    });
    const property = fc.asyncProperty(times, async ({ lateMs, waits }) => {
      store = memoryJobStore();
      clock = testClock(acceptedAt);
      await run();
      const createdOn = clock.now();
      const created = `/Date(${createdOn.getTime() - lateMs})/`;
      const job = jobWith({ OperationCreatedOn: created }, { createdOn, attention: false });
      await put(job);
      engine.running.add(job.id);
      for (const wait of waits) {
        clock.move(wait);
        await run();
      }
      clock.move(minutes(1));
      const [next] = sweepStretches(await store.readSweptUntil(), clock.now().getTime());
      const isLookedFor = (next?.fromMs ?? Infinity) <= createdOn.getTime() - lateMs;
      expect((await attentionOf(job.id)) === true || isLookedFor).toBe(true);
    });
    await fc.assert(property);
  });
});

describe('a sweep in which something fails', () => {
  it.each(['listOverdue', 'listUnstarted'] as const)('at %s does not move the bookmark', async (what) => {
    await run();
    const before = await store.readSweptUntil();
    clock.move(minutes(5));
    store[what] = () => {
      throw new Error('away');
    };
    await expect(run()).rejects.toThrow('away');
    expect(await store.readSweptUntil()).toBe(before);
  });

  it('at one job, while it waits for the next page, works on all others and tells in the end', async () => {
    await run();
    const before = await store.readSweptUntil();
    const jobs = [jobWith(nth(1)), jobWith(nth(2)), jobWith(nth(3))];
    for (const job of jobs) await put(job);
    clock.move(minutes(6));
    const sound = { ...store };
    store.listUnstarted = async function* (...given) {
      for await (const stored of sound.listUnstarted(...given)) {
        yield stored;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const failsFor = jobs[2]?.id;
    store.update = async (stored, after) => {
      if (after.id === failsFor) throw new Error('no room');
      return sound.update(stored, after);
    };
    const unhandled: unknown[] = [];
    const remember = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', remember);
    await expect(run()).rejects.toThrow('no room');
    process.off('unhandledRejection', remember);
    expect(unhandled).toEqual([]);
    expect(engine.calls).toEqual(['start 1', 'start 1']);
    expect(await store.readSweptUntil()).toBe(before);
    store.update = (...given) => sound.update(...given);
    expect(await run()).toMatchObject({ unstarted: 1, overdue: 2 });
  });
});

describe('a sweep that runs out of time', () => {
  const putMany = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) await put(jobWith(nth(n * 60), { attention: false }));
  };
  /** Every start takes a second of the clock; the job is done then. */
  const slowEngine = () => {
    const quick = { ...engine.starter };
    engine.starter.start = async (...given) => {
      clock.move(seconds(1));
      const stored = await store.read(given[0]);
      if (stored === undefined) throw new Error('The job is gone.');
      await store.update(stored, { ...stored.job, status: 'Succeeded', attention: false });
      return quick.start(...given);
    };
  };

  it('stops after two minutes, keeps its bookmark behind what it did not look at, and goes on (W-2)', async () => {
    await run();
    await putMany(0, 300);
    clock.move(hours(6));
    slowEngine();
    const first = await run();
    expect(first.finished).toBe(false);
    expect(first.unstarted).toBeGreaterThan(100);
    expect(first.unstarted).toBeLessThan(140);
    const runs: boolean[] = [];
    while (runs.length < 10 && runs.at(-1) !== true) runs.push((await run()).finished);
    expect(runs).toEqual([false, true]);
    expect(engine.calls.filter((call) => call === 'start 1')).toHaveLength(300);
  });

  it('with what is overdue starts what is unstarted all the same', async () => {
    const asked = { status: 'Canceling', attention: true } as const;
    for (let n = 0; n < 200; n += 1) await put(jobWith(nth(n), asked));
    const lost = jobWith(nth(500));
    await put(lost);
    clock.move(minutes(12));
    slowEngine();
    const result = await run();
    expect(result).toMatchObject({ unstarted: 1, finished: false });
    expect(result.overdue).toBeLessThan(140);
    expect(engine.running).toContain(lost.id);
  });
});

describe('the stretch of a sweep', () => {
  it('covers every job that comes up to the reach after its operation, whenever sweeps run', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: hours(30) }), { minLength: 1, maxLength: 12 });
    const arrival = fc.record({
      after: fc.integer({ min: 0, max: hours(40) }),
      late: fc.integer({ min: 0, max: sweepReachMs }),
    });
    fc.assert(
      fc.property(gaps, arrival, (waits, { after, late }) => {
        const start = 1_764_000_000_000;
        const storedMs = start + after;
        const operationMs = storedMs - late;
        let nowMs = start;
        let swept: number | undefined;
        let covered = false;
        const sweepOnce = (most = Infinity) => {
          const before = swept ?? 0;
          for (const { fromMs, toMs } of sweepStretches(swept, nowMs)) {
            if ((most -= 1) < 0) break;
            expect(toMs - fromMs).toBeLessThanOrEqual(sweepStretchMs);
            if (nowMs - storedMs > sweepGraceMs && operationMs >= fromMs && operationMs <= toMs)
              covered = true;
            expect(toMs).toBeGreaterThanOrEqual(before);
            swept = toMs;
          }
        };
        sweepOnce();
        for (const wait of waits) {
          nowMs += wait;
          // Time may run out after any stretch.
          sweepOnce(1 + (wait % 5));
        }
        nowMs += hours(41);
        sweepOnce();
        expect(swept).toBe(nowMs - sweepGraceMs);
        expect(covered).toBe(true);
      }),
    );
  });
});
