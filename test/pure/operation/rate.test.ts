import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkAtRate, gapMs, mostPicked, nextPickAfter } from '../../../shared/operation/rate.ts';
import { later, minutes, seconds } from '../../support/jobs.ts';
import { askedAt } from '../../support/operations.ts';

describe('the rate of an operation (B-3)', () => {
  it('takes what five seconds allow at once, one job at least and a hundred at most', () => {
    expect([1, 5, 60, 600, 1200, 6000].map(chunkAtRate)).toEqual([1, 1, 5, 50, 100, mostPicked]);
  });

  it('spreads a chunk over the time until the next one, and one that is late at no more than twice the rate', () => {
    expect(gapMs(50, later(askedAt, seconds(5)), askedAt, 600)).toBe(100);
    expect(gapMs(50, later(askedAt, seconds(4)), askedAt, 600)).toBe(80);
    expect(gapMs(50, askedAt, later(askedAt, seconds(9)), 600)).toBe(50);
  });

  it('makes up for ten seconds of delay, not for more', () => {
    const next = nextPickAfter(askedAt, later(askedAt, seconds(4)), 10, 60);
    expect(next).toEqual(later(askedAt, seconds(10)));
    const late = nextPickAfter(askedAt, later(askedAt, minutes(60)), 10, 60);
    expect(late).toEqual(later(askedAt, minutes(60)));
  });

  it('lets no more through than the time allows and two chunks, however runs come', () => {
    const gaps = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6000 }), gaps, (rate, all) => {
        let [now, next, taken] = [askedAt, askedAt, 0];
        for (const gap of all) {
          if (next <= now) {
            taken += chunkAtRate(rate);
            next = nextPickAfter(next, now, chunkAtRate(rate), rate);
          }
          now = later(now, gap);
        }
        const allowed = ((now.getTime() - askedAt.getTime()) * rate) / 60_000;
        expect(taken).toBeLessThanOrEqual(allowed + 2 * chunkAtRate(rate));
      }),
    );
  });
});
