import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judge,
  longestWatchMs,
  pendingOf,
  stepsOf,
  type StepProgress,
} from '../../../shared/operation/canary.ts';
import { outcomeOf } from '../../../shared/operation/looks.ts';
import { jobWith } from '../../support/jobs.ts';

const stepOf = (counts: Partial<StepProgress>): StepProgress => ({
  size: 10,
  done: 10,
  succeeded: 0,
  failedAgain: 0,
  gone: 0,
  status: 'watching',
  ...counts,
});

describe('the steps of an operation', () => {
  it('are those of the canary, then the rest; one alone without (B-4)', () => {
    const sizes = (steps: readonly StepProgress[]) => steps.map(({ size }) => size);
    expect(sizes(stepsOf({ steps: [1, 10], failureLimitPercent: 10 }))).toEqual([1, 10, undefined]);
    expect(sizes(stepsOf(undefined))).toEqual([undefined]);
    expect(stepsOf(undefined)[0]?.status).toBe('acting');
  });
});

describe('the verdict on a step (B-4)', () => {
  it('passes a rate of exactly the limit, and stops above it', () => {
    expect(judge(stepOf({ succeeded: 9, failedAgain: 1 }), 10, 0)).toEqual({ kind: 'pass' });
    expect(judge(stepOf({ succeeded: 8, failedAgain: 2 }), 10, 0)).toMatchObject({ kind: 'stop' });
  });

  it('stops as soon as the others cannot save it', () => {
    expect(judge(stepOf({ failedAgain: 1 }), 10, 0)).toEqual({ kind: 'watch' });
    expect(judge(stepOf({ failedAgain: 2 }), 10, 0)).toMatchObject({
      kind: 'stop',
      reason: '2 of 10 jobs failed again; the limit is 10 %.',
    });
  });

  it('speaks of one job in the singular, as the first step has', () => {
    expect(judge(stepOf({ done: 1, failedAgain: 1 }), 10, 0)).toMatchObject({
      reason: '1 of 1 job failed again; the limit is 10 %.',
    });
  });

  it('at the end of the time goes by those jobs of which something is known', () => {
    const half = stepOf({ succeeded: 4, failedAgain: 1 });
    expect(judge(half, 10, longestWatchMs - 1)).toEqual({ kind: 'watch' });
    expect(judge(half, 10, longestWatchMs)).toMatchObject({ kind: 'stop' });
    expect(judge(half, 20, longestWatchMs)).toEqual({ kind: 'pass' });
    expect(judge(stepOf({}), 99, longestWatchMs)).toMatchObject({ kind: 'stop' });
  });

  it('does not count jobs that a person took away', () => {
    expect(judge(stepOf({ gone: 8, succeeded: 1, failedAgain: 1 }), 40, 0)).toMatchObject({ kind: 'stop' });
    expect(judge(stepOf({ gone: 10 }), 0, 0)).toEqual({ kind: 'pass' });
  });

  it('passes a step of which a run that came late has counted a job twice', () => {
    const twice = stepOf({ succeeded: 11 });
    expect(judge(twice, 10, 0)).toEqual({ kind: 'pass' });
    expect(pendingOf(twice)).toBe(0);
  });

  it('never passes a step of which more than the limit is known to have failed', () => {
    const counts = fc.record({
      succeeded: fc.nat(50),
      failedAgain: fc.nat(50),
      gone: fc.nat(5),
      open: fc.nat(50),
    });
    fc.assert(
      fc.property(counts, fc.nat(99), fc.nat(2 * longestWatchMs), ({ open, ...known }, limit, ms) => {
        const step = stepOf({ ...known, done: known.succeeded + known.failedAgain + known.gone + open });
        const verdict = judge(step, limit, ms);
        const told = known.succeeded + known.failedAgain;
        if (verdict.kind === 'pass') expect(100 * known.failedAgain).toBeLessThanOrEqual(limit * told);
        if (verdict.kind === 'watch') expect(ms).toBeLessThan(longestWatchMs);
        expect(pendingOf(step)).toBe(open);
      }),
    );
  });
});

describe('what became of a job (B-8)', () => {
  it.each([
    ['succeeded', { status: 'Succeeded', roundAttempts: 1 }],
    ['failedAgain', { status: 'Failed', roundAttempts: 1 }],
    ['failedAgain', { status: 'Suspended', roundAttempts: 1 }],
    ['failedAgain', { status: 'Waiting', roundAttempts: 1 }],
    ['pending', { status: 'Waiting', roundAttempts: 1, held: true }],
    ['pending', { status: 'Waiting', roundAttempts: 0 }],
    ['pending', { status: 'WaitingForResources' }],
    ['pending', { status: 'InProgress' }],
    ['gone', { status: 'Suspended', roundAttempts: 0 }],
    ['gone', { status: 'Canceled' }],
  ] as const)('is %s for %o', (outcome, changes) => {
    expect(outcomeOf(jobWith({}, changes))).toBe(outcome);
  });

  it('is gone when the job is', () => {
    expect(outcomeOf(undefined)).toBe('gone');
  });
});
