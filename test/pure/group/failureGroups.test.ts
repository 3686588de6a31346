import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCatalogue, type FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import { failureGroups } from '../../../shared/group/failureGroups.ts';
import type { AttentionEntry, GroupNote } from '../../../shared/group/groupStore.ts';
import { jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import { acceptedAt, hours, later, minutes, seconds } from '../../support/jobs.ts';

const now = later(acceptedAt, hours(2));

const entry = (changes: Partial<AttentionEntry> = {}): AttentionEntry => ({
  endpoint: 'orders',
  status: 'Waiting',
  code: 'Busy',
  held: false,
  attemptCount: 1,
  startedOn: acceptedAt,
  modifiedOn: later(acceptedAt, seconds(1)),
  ...changes,
});

const groupsOf = (entries: readonly AttentionEntry[], notes: readonly GroupNote[] = []) =>
  failureGroups(entries, notes, now);

describe('failure groups (L-6)', () => {
  it('are made of endpoint and code, largest first', () => {
    const groups = groupsOf([
      entry(),
      entry({ endpoint: 'other' }),
      entry({ status: 'Failed', code: 'MessageTooLarge' }),
      entry({ status: 'Failed', code: 'MessageTooLarge' }),
    ]);
    expect(groups.map(({ endpoint, code, count }) => [endpoint, code, count])).toEqual([
      ['orders', 'MessageTooLarge', 2],
      ['orders', 'Busy', 1],
      ['other', 'Busy', 1],
    ]);
  });

  it('count by how their jobs stand, and say what the catalogue says', () => {
    const { outcome, cause, advice } = failureCatalogue.Busy;
    expect(
      groupsOf([
        entry(),
        entry({ held: true }),
        entry({ status: 'Suspended' }),
        entry({ status: 'Failed' }),
        entry({ status: 'Failed' }),
      ]),
    ).toMatchObject([
      { count: 5, retrying: 1, held: 1, suspended: 1, failed: 2, outcome, cause, advice, note: null },
    ]);
  });

  it('leave out what is under way, and what never failed', () => {
    const underWay = (['InProgress', 'Pausing', 'Canceling', 'WaitingForResources'] as const).map((status) =>
      entry({ status }),
    );
    expect(groupsOf([...underWay, entry({ status: 'Suspended', code: undefined })])).toEqual([]);
  });

  it('begin with the earliest first attempt and end with the latest write', () => {
    const [group] = groupsOf([
      entry({ startedOn: later(acceptedAt, 5), modifiedOn: later(acceptedAt, 90) }),
      entry({ startedOn: later(acceptedAt, 3), modifiedOn: later(acceptedAt, 40) }),
      entry({ startedOn: undefined, modifiedOn: later(acceptedAt, 60) }),
    ]);
    expect(group).toMatchObject({ first: later(acceptedAt, 3), last: later(acceptedAt, 90) });
  });

  it('show the last hour in twelve spells, oldest first', () => {
    const ago = (ms: number) => entry({ modifiedOn: later(now, -ms) });
    const [group] = groupsOf([
      ago(0),
      ago(minutes(5) - 1),
      ago(minutes(5)),
      ago(minutes(60) - 1),
      ago(minutes(60)),
      ago(-seconds(30)),
    ]);
    expect(group?.recent).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3]);
  });

  it('carry the note that a person wrote (L-7)', () => {
    const note = { text: 'the queue is full', by: 'me', on: acceptedAt };
    const groups = groupsOf(
      [entry(), entry({ endpoint: 'other' })],
      [{ endpoint: 'orders', code: 'Busy', ...note }],
    );
    expect(groups.map((group) => group.note)).toEqual([note, null]);
  });

  it('hold every unresolved job once, whatever there is', () => {
    const entries = fc.array(
      fc.record({
        endpoint: fc.constantFrom('a', 'b', 'a b'),
        status: fc.constantFrom(...(Object.keys(jobStatuses) as JobStatus[])),
        code: fc.option(fc.constantFrom(...(Object.keys(failureCatalogue) as FailureCode[])), {
          nil: undefined,
        }),
        held: fc.boolean(),
        attemptCount: fc.nat(9),
        startedOn: fc.option(fc.date({ noInvalidDate: true }), { nil: undefined }),
        modifiedOn: fc.date({ noInvalidDate: true }),
      }),
    );
    fc.assert(
      fc.property(entries, (all) => {
        const groups = groupsOf(all);
        const unresolved = all.filter(
          ({ status, code }) => code !== undefined && ['Waiting', 'Suspended', 'Failed'].includes(status),
        );
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(unresolved.length);
        for (const { count, retrying, held, suspended, failed, first, recent, endpoint, code } of groups) {
          const own = unresolved.filter((each) => each.endpoint === endpoint && each.code === code);
          expect(own).toHaveLength(count);
          expect(retrying + held + suspended + failed).toBe(count);
          expect(recent.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(count);
          expect(own.every((each) => (each.startedOn ?? each.modifiedOn) >= first)).toBe(true);
        }
      }),
    );
  });
});
