import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextAttemptOn,
  plannedAttempts,
  retryDelayMs,
  type RetryPolicy,
} from '../../../shared/job/retryPolicy.ts';
import { hours, later, operationTime } from '../../support/jobs.ts';

const standard: RetryPolicy = {
  firstDelaySeconds: 5,
  factor: 2,
  longestDelaySeconds: 3600,
  totalHours: 24,
  maxAttempts: 1000,
};

const start = operationTime;

const anyPolicy = fc.record({
  firstDelaySeconds: fc.integer({ min: 1, max: 600 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  longestDelaySeconds: fc.integer({ min: 600, max: 86400 }),
  totalHours: fc.double({ min: 0.01, max: 720, noNaN: true }),
  maxAttempts: fc.integer({ min: 1, max: 1000 }),
});

describe('the retry delay (T-1)', () => {
  it('doubles from five seconds to an hour, spread by a tenth', () => {
    const nominal = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];
    for (const [index, secondsWanted] of nominal.entries()) {
      const delay = retryDelayMs(standard, 'some-job', index + 1);
      expect(Math.abs(delay - secondsWanted * 1000)).toBeLessThanOrEqual(secondsWanted * 100);
    }
  });

  it('is the same for the same job and attempt, and spread over jobs', () => {
    expect(retryDelayMs(standard, 'a', 3)).toBe(retryDelayMs(standard, 'a', 3));
    const delays = new Set(Array.from({ length: 100 }, (_, n) => retryDelayMs(standard, `job-${n}`, 3)));
    expect(delays.size).toBeGreaterThan(90);
  });

  it('stays within its bounds for every policy', () => {
    fc.assert(
      fc.property(anyPolicy, fc.string(), fc.integer({ min: 1, max: 2000 }), (policy, jobId, attempt) => {
        const delay = retryDelayMs(policy, jobId, attempt);
        expect(delay).toBeGreaterThanOrEqual(policy.firstDelaySeconds * 900 - 1);
        expect(delay).toBeLessThanOrEqual(policy.longestDelaySeconds * 1100 + 1);
      }),
    );
  });
});

describe('the next attempt', () => {
  it('is none when the attempts of the round are used up (T-2)', () => {
    const policy = { ...standard, maxAttempts: 3 };
    expect(nextAttemptOn(policy, 'a', { startedOn: start, attempts: 2 }, start)).toBeInstanceOf(Date);
    expect(nextAttemptOn(policy, 'a', { startedOn: start, attempts: 3 }, start)).toBeUndefined();
  });

  it('is none when it would come after the end of the round (T-2)', () => {
    const round = { startedOn: start, attempts: 1 };
    expect(nextAttemptOn(standard, 'a', round, later(start, hours(24) - 6000))).toBeInstanceOf(Date);
    expect(nextAttemptOn(standard, 'a', round, later(start, hours(24) - 4000))).toBeUndefined();
  });

  it('honours what the receiver asks, up to the longest delay (T-3)', () => {
    const round = { startedOn: start, attempts: 1 };
    expect(nextAttemptOn(standard, 'a', round, start, 60_000)).toEqual(later(start, 60_000));
    expect(nextAttemptOn(standard, 'a', round, start, hours(5))).toEqual(later(start, hours(1)));
    expect(nextAttemptOn(standard, 'a', round, start, 1)?.getTime()).toBeGreaterThan(start.getTime() + 4000);
  });
});

describe('the planned attempts (T-4)', () => {
  const round = { startedOn: start, attempts: 1 };

  it('are what happens when every attempt fails at once', () => {
    const first = nextAttemptOn(standard, 'job', round, start);
    if (first === undefined) throw new Error('no first retry');
    const planned = plannedAttempts(standard, 'job', round, first);
    const happened: Date[] = [];
    let now: Date | undefined = first;
    for (let attempts = 2; now !== undefined; attempts += 1) {
      happened.push(now);
      now = nextAttemptOn(standard, 'job', { startedOn: start, attempts }, now);
    }
    expect(planned).toEqual(happened);
    expect(planned.length).toBeGreaterThan(25);
  });

  it('grow in time, stay within the round and within the limit, for every policy', () => {
    fc.assert(
      fc.property(anyPolicy, fc.string(), (policy, jobId) => {
        const planned = plannedAttempts(policy, jobId, round, later(start, 1000), 20);
        expect(planned.length).toBeLessThanOrEqual(20);
        planned.reduce((before, next) => {
          expect(next.getTime()).toBeGreaterThan(before.getTime());
          return next;
        }, start);
        const end = start.getTime() + policy.totalHours * 3_600_000;
        for (const time of planned.slice(1)) expect(time.getTime()).toBeLessThanOrEqual(end);
      }),
    );
  });
});
