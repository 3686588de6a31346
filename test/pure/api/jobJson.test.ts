import { describe, expect, it } from 'vitest';
import { jobDetail } from '../../../shared/api/jobJson.ts';
import { noMasks } from '../../../shared/context/masks.ts';
import { acceptedAt, hours, jobWith, later } from '../../support/jobs.ts';
import { endpointWith } from '../../support/posting.ts';

describe('a job as callers see it', () => {
  const waiting = { status: 'Waiting', postponeUntil: later(acceptedAt, hours(1)), attemptCount: 1 } as const;
  const { retry } = endpointWith();

  it('has its planned attempts, from the next one on (T-4)', () => {
    const { plannedAttempts } = jobDetail(jobWith({}, waiting), retry, noMasks);
    expect(plannedAttempts[0]).toEqual(waiting.postponeUntil);
  });

  it('plans none while it is held: nobody knows when its endpoint goes on (T-4)', () => {
    expect(jobDetail(jobWith({}, { ...waiting, held: true }), retry, noMasks).plannedAttempts).toEqual([]);
  });
});
