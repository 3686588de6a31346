import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobPage, JobSummary } from '../../../web/api/shapes.ts';
import { listOf, withFresh, withMore, withPoll, type JobList } from '../../../web/model/jobList.ts';

const job = (id: string, status: JobSummary['status'] = 'Waiting'): JobSummary =>
  ({ id, status, attemptCount: 1 }) as JobSummary;

const pageOf = (ids: readonly string[], next: string | null = null): JobPage => ({
  jobs: ids.map((id) => job(id)),
  unreadable: [],
  next,
});

const idsOf = ({ rows }: JobList): string[] => rows.map((row) => row.job.id);

describe('a poll', () => {
  it('moves no row, whatever it brings', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 })).map((all) => all.sort());
    const tokens = fc.constantFrom(null, 'token');
    fc.assert(
      fc.property(ids, tokens, ids, tokens, (before, next, after, later) => {
        const list = listOf(pageOf(before, next));
        expect(idsOf(withPoll(list, pageOf(after, later)))).toEqual(idsOf(list));
      }),
    );
  });

  it('changes a row where it stands', () => {
    const list = withPoll(listOf(pageOf(['a', 'b'])), {
      ...pageOf([]),
      jobs: [job('a'), job('b', 'Failed')],
    });
    expect(list.rows[1]).toEqual({ job: job('b', 'Failed'), left: false });
  });

  it('announces what is new, and shows it in its place when asked', () => {
    const list = withPoll(listOf(pageOf(['b', 'd'])), pageOf(['a', 'b', 'c', 'd']));
    expect(list.fresh.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(idsOf(withFresh(list))).toEqual(['a', 'b', 'c', 'd']);
    expect(withFresh(list).fresh).toEqual([]);
  });

  it('does not announce what belongs on the next page', () => {
    const list = withPoll(listOf(pageOf(['a', 'c'], 'token')), pageOf(['b', 'c', 'd'], 'token'));
    expect(list.fresh.map(({ id }) => id)).toEqual(['b']);
  });

  it('marks what no longer matches, and lets it go when asked', () => {
    const list = withPoll(listOf(pageOf(['a', 'b', 'c'])), pageOf(['a', 'c']));
    expect(list.rows.map(({ left }) => left)).toEqual([false, true, false]);
    expect(idsOf(withFresh(list))).toEqual(['a', 'c']);
  });

  it('marks nothing that it did not reach', () => {
    const loaded = withMore(listOf(pageOf(['a', 'b'], 'token')), pageOf(['c', 'd']));
    const list = withPoll(loaded, pageOf(['a'], 'token'));
    expect(list.rows.map(({ left }) => left)).toEqual([false, false, false, false]);
  });
});

describe('the next page', () => {
  it('comes behind what is shown, each job once', () => {
    const list = withMore(listOf(pageOf(['a', 'b'], 'token')), pageOf(['b', 'c']));
    expect(idsOf(list)).toEqual(['a', 'b', 'c']);
    expect(list.next).toBeNull();
  });
});
