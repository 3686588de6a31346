import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drainBatch } from '../../../shared/gate/drainRate.ts';
import type { Drain } from '../../../shared/gate/endpointState.ts';
import { gateTime } from '../../support/endpointEvents.ts';
import { later } from '../../support/jobs.ts';

describe('a drain', () => {
  it('lets go no more jobs in a minute than its rate, whenever it is asked (G-2)', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), waits, (perMinute, gaps) => {
        let now = gateTime;
        let drain: Drain = { perMinute, startedOn: now.toISOString(), paidUntil: now.toISOString() };
        const batches: { atMs: number; jobs: number }[] = [];
        for (const gap of gaps) {
          now = later(now, gap);
          const { jobs, paidUntil } = drainBatch(drain, now);
          drain = { ...drain, paidUntil: paidUntil.toISOString() };
          batches.push({ atMs: now.getTime(), jobs });
        }
        for (const { atMs } of batches) {
          const inMinute = batches
            .filter((batch) => batch.atMs > atMs - 60_000 && batch.atMs <= atMs)
            .reduce((sum, { jobs }) => sum + jobs, 0);
          // A batch that comes late brings what two ticks allow, or the one job of a slow rate.
          expect(inMinute).toBeLessThanOrEqual(perMinute + Math.ceil(perMinute / 6) + 1);
        }
      }),
    );
  });

  it('lets jobs go one by one at a slow rate', () => {
    const drain = { perMinute: 6, startedOn: gateTime.toISOString(), paidUntil: gateTime.toISOString() };
    expect(drainBatch(drain, later(gateTime, 9_999)).jobs).toBe(0);
    expect(drainBatch(drain, later(gateTime, 10_000)).jobs).toBe(1);
  });

  it('does not make up for a time in which nobody asked', () => {
    const drain = { perMinute: 600, startedOn: gateTime.toISOString(), paidUntil: gateTime.toISOString() };
    expect(drainBatch(drain, later(gateTime, 3_600_000)).jobs).toBe(100);
  });
});
