import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { nudgeWith } from '../../../shared/job/nudge.ts';
import { sweep } from '../../../shared/job/sweep.ts';
import { sweepGraceMs, sweepReachMs, sweepStretchMs, sweepWindow } from '../../../shared/job/sweepWindow.ts';
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

const run = () => sweep({ store, nudge: nudgeWith(engine.starter, () => undefined), now: clock.now });

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

  it('finds what was lost while it did not run, in stretches (W-2)', async () => {
    await run();
    await put(jobWith({}, { createdOn: later(acceptedAt, minutes(1)) }));
    clock.move(hours(20));
    const found: number[] = [];
    for (let sweeps = 0; sweeps < 5; sweeps += 1) found.push((await run()).unstarted);
    expect(found[0]).toBe(1);
    const { window } = await run();
    expect(window.toMs).toBe(clock.now().getTime() - sweepGraceMs);
  });

  it('does not move its bookmark when it fails in between', async () => {
    await run();
    const before = await store.readSweptUntil();
    clock.move(minutes(5));
    store.listOverdue = () => {
      throw new Error('away');
    };
    await expect(run()).rejects.toThrow('away');
    expect(await store.readSweptUntil()).toBe(before);
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
        const sweepOnce = () => {
          const window = sweepWindow(swept, nowMs);
          expect(window.toMs - window.fromMs).toBeLessThanOrEqual(sweepReachMs + sweepStretchMs);
          if (nowMs - storedMs > sweepGraceMs && operationMs >= window.fromMs && operationMs <= window.toMs)
            covered = true;
          swept = window.toMs;
        };
        sweepOnce();
        for (const wait of waits) {
          nowMs += wait;
          sweepOnce();
        }
        // However far behind it was, it catches up.
        for (nowMs += hours(41); (swept ?? 0) < nowMs - sweepGraceMs;) sweepOnce();
        sweepOnce();
        expect(covered).toBe(true);
      }),
    );
  });
});
