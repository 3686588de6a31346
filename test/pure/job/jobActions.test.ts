import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAction } from '../../../shared/job/afterAction.ts';
import { actionTable, allowedActions, jobActions, type JobAction } from '../../../shared/job/jobActions.ts';
import { isResting, jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import { acceptedAt, hours, jobWith, later } from '../../support/jobs.ts';

const statuses = Object.keys(jobStatuses) as JobStatus[];
const now = later(acceptedAt, hours(1));

const asked = (action: JobAction) => ({
  action,
  by: 'a test',
  reason: 'because',
  until: action === 'postpone' ? later(now, hours(2)) : undefined,
});

describe.each(jobActions)('%s', (action) => {
  it.each(statuses)(`asked of a job that is %s leads where the table says (S-4)`, (status) => {
    const job = jobWith({}, { status, completedOn: isResting(status) ? acceptedAt : undefined });
    const after = afterAction(job, asked(action), now);
    expect(after?.status).toBe(actionTable[action][status]);
    if (after === undefined) return;
    expect(after).toMatchObject({ id: job.id, attempts: job.attempts, modifiedOn: now });
    expect(after.attention).toBe(after.status !== 'Canceled');
    expect(after.completedOn).toEqual(after.status === 'Canceled' ? now : undefined);
    expect(after.postponeUntil).toEqual(asked(action).until);
    expect(after.actions.at(-1)).toMatchObject({ action, by: 'a test', reason: 'because' });
  });
});

describe('actions', () => {
  it('that let a job go on begin a new round (S-6)', () => {
    const worn = jobWith({}, { status: 'Suspended', roundAttempts: 9, roundStartedOn: acceptedAt });
    for (const action of ['resume', 'retry'] as const) {
      expect(afterAction(worn, asked(action), now)).toMatchObject({ roundAttempts: 0, roundStartedOn: now });
    }
    expect(afterAction(worn, asked('postpone'), now)).toMatchObject({
      roundAttempts: 0,
      roundStartedOn: later(now, hours(2)),
    });
  });

  it.each(['cancel', 'pause'] as const)('that stop a job leave its round alone: %s', (action) => {
    const job = jobWith({}, { status: 'Waiting', roundAttempts: 9 });
    expect(afterAction(job, asked(action), now)).toMatchObject({
      roundAttempts: 9,
      roundStartedOn: acceptedAt,
    });
  });

  it('are none for a job that succeeded', () => {
    expect(allowedActions('Succeeded')).toEqual([]);
  });

  it('in any order leave a time to every job that waits, and no more than twenty records', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...statuses),
        fc.array(fc.constantFrom(...jobActions), { maxLength: 30 }),
        (status, sequence) => {
          let job = jobWith({}, { status });
          for (const action of sequence) job = afterAction(job, asked(action), now) ?? job;
          if (job.status === 'Waiting' && sequence.length > 0 && job.actions.length > 0)
            expect(job.postponeUntil).toBeDefined();
          expect(job.actions.length).toBeLessThanOrEqual(20);
        },
      ),
    );
  });

  it('make room among themselves only: who looked at the payload stays (E-3)', () => {
    const looks = Array.from({ length: 5 }, (_, index) => ({
      action: 'seePayload' as const,
      on: acceptedAt.toISOString(),
      by: `viewer ${index}`,
    }));
    let job = jobWith({}, { status: 'Suspended', actions: looks });
    for (let n = 1; n <= 60; n += 1) {
      const reason = 'r"'.repeat(250);
      job = afterAction({ ...job, status: 'Suspended' }, { ...asked('postpone'), reason }, now) ?? job;
    }
    expect(job.actions.slice(0, 5)).toEqual(looks);
    expect(job.actions.length).toBeGreaterThan(20);
    expect(job.actions.length).toBeLessThanOrEqual(25);
    expect(JSON.stringify(job.actions).length).toBeLessThan(32_767);
  });
});
