import { describe, expect, it } from 'vitest';
import { longestWatchMs } from '../../../shared/operation/canary.ts';
import { afterLook } from '../../../shared/operation/looks.ts';
import type { Operation } from '../../../shared/operation/operation.ts';
import { jobWith, later } from '../../support/jobs.ts';
import { askedAt, operationWith } from '../../support/operations.ts';

describe('looking at what became of jobs', () => {
  const upTo = jobWith().id;
  const settling: Operation = {
    ...operationWith(),
    phase: 'settling',
    watchedSince: askedAt,
    steps: [{ size: undefined, done: 200, succeeded: 0, failedAgain: 0, gone: 0, status: 'passed' }],
  };
  const phaseAfter = (watchedMs: number, look: Parameters<typeof afterLook>[1]): Operation['phase'] =>
    afterLook(settling, look, later(askedAt, watchedMs)).phase;

  it('goes on for ten minutes, and then until each was looked at once, however many there are (B-8)', () => {
    expect(phaseAfter(longestWatchMs - 1, { settled: [], upTo: undefined })).toBe('settling');
    expect(phaseAfter(longestWatchMs, { settled: [], upTo })).toBe('settling');
    expect(phaseAfter(3 * longestWatchMs, { settled: [], upTo })).toBe('settling');
    expect(phaseAfter(longestWatchMs, { settled: [], upTo: undefined })).toBe('over');
  });

  it('ends at once when all is known (B-8)', () => {
    const settled = Array.from(
      { length: 200 },
      () => ({ jobId: upTo, step: 0, outcome: 'succeeded' }) as const,
    );
    expect(phaseAfter(1000, { settled, upTo })).toBe('over');
  });
});
