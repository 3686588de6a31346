import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCatalogue, type FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import { breakerDefaults, breakerOptionsOf } from '../../../shared/gate/breakerOptions.ts';
import {
  mostInWindow,
  opensBecause,
  whatItSays,
  withAttemptIn,
  type BreakerWindow,
} from '../../../shared/gate/breakerWindow.ts';
import { delivered, failedWith } from '../../support/posting.ts';

/** A window of attempts a tenth of a second apart, by as many jobs in turn. */
const windowOf = (codes: readonly (FailureCode | undefined)[], jobs: number): BreakerWindow =>
  codes.reduce<BreakerWindow>(
    (window, code, n) =>
      withAttemptIn(
        window,
        { job: `job-${n % jobs}`, endedOnMs: 1_000_000 + n * 100, code },
        breakerDefaults,
      ),
    [],
  );

const failures = (count: number): FailureCode[] => Array.from({ length: count }, () => 'ConnectionFailed');
const successes = (count: number): undefined[] => Array.from({ length: count }, () => undefined);

describe('the breaker opens (G-3)', () => {
  it('when enough attempts of enough jobs failed', () => {
    expect(opensBecause(windowOf(failures(20), 5), breakerDefaults)).toBe('ConnectionFailed');
  });

  it.each([
    { what: 'too few attempts', codes: failures(19), jobs: 5 },
    { what: 'too few jobs', codes: failures(200), jobs: 4 },
    { what: 'too many that went well', codes: [...successes(6), ...failures(20)], jobs: 5 },
  ])('not with $what', ({ codes, jobs }) => {
    expect(opensBecause(windowOf(codes, jobs), breakerDefaults)).toBeUndefined();
  });

  it('at exactly its share of failures', () => {
    expect(opensBecause(windowOf([...successes(5), ...failures(20)], 5), breakerDefaults)).toBeDefined();
  });

  it('for the last failure', () => {
    expect(opensBecause(windowOf([...failures(20), 'Busy'], 5), breakerDefaults)).toBe('Busy');
  });
});

describe('the window', () => {
  it('forgets what is older than its length, and what was before the breaker closed', () => {
    const old = windowOf(failures(30), 5);
    const last = { job: 'late', endedOnMs: 1_000_000 + 62_000, code: undefined };
    expect(withAttemptIn(old, last, breakerDefaults).length).toBeLessThan(12);
    expect(withAttemptIn(old, { ...last, endedOnMs: 1_003_000 }, breakerDefaults, 1_002_999)).toHaveLength(1);
  });

  it('never grows beyond its bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), (count) => {
        expect(windowOf(failures(count), 7)).toHaveLength(Math.min(count, mostInWindow));
      }),
      { numRuns: 20 },
    );
  });
});

describe('an attempt', () => {
  it('says nothing bad of its endpoint when the receiver refuses the content, or nothing was sent', () => {
    for (const [code, { outcome }] of Object.entries(failureCatalogue) as [
      FailureCode,
      { outcome: string },
    ][]) {
      const says = whatItSays(failedWith(code));
      if (outcome === 'fail') expect(says).not.toBe('bad');
    }
    expect(whatItSays(delivered)).toBe('good');
    expect(whatItSays(failedWith('Refused'))).toBe('good');
    expect(whatItSays(failedWith('ContextTooLarge'))).toBe('silent');
    expect(whatItSays(failedWith('ClaimNotStored'))).toBe('silent');
    expect(whatItSays(failedWith('Unauthorized'))).toBe('bad');
    expect(whatItSays(failedWith('TimedOut'))).toBe('bad');
  });
});

describe('the options of a breaker', () => {
  it('have defaults, each by itself, and none when it is switched off', () => {
    expect(breakerOptionsOf(undefined)).toEqual(breakerDefaults);
    expect(breakerOptionsOf({ minJobs: 1 })).toEqual({ ...breakerDefaults, minJobs: 1 });
    expect(breakerOptionsOf(false)).toBeUndefined();
  });
});
