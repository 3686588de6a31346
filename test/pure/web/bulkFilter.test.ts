import { describe, expect, it } from 'vitest';
import { bulkFilterOf } from '../../../web/model/bulkFilter.ts';
import { filterText } from '../../../web/model/bulkWords.ts';
import { filterNames, type JobFilter } from '../../../web/model/filter.ts';

const ofTerms = (filter: JobFilter) => bulkFilterOf({ action: 'retry', target: { kind: 'filter', filter } });

describe('the jobs of a bulk request', () => {
  it('are those of the list: every term is taken over, flags, numbers and lists as such', () => {
    const terms = {
      status: 'Waiting,Failed',
      endpoint: 'orders',
      held: 'true',
      minAttempts: '3',
      record: 'a',
    };
    expect(ofTerms(terms)).toEqual({
      status: ['Waiting', 'Failed'],
      endpoint: 'orders',
      held: true,
      minAttempts: 3,
      record: 'a',
    });
  });

  it('leave out no term that a list can have', () => {
    const terms = Object.fromEntries(filterNames.map((name) => [name, '1']));
    expect(Object.keys(ofTerms(terms)).sort()).toEqual([...filterNames].sort());
  });

  it('that were chosen go by their ids', () => {
    expect(bulkFilterOf({ action: 'retry', target: { kind: 'ids', ids: ['a'] } })).toEqual({ ids: ['a'] });
  });
});

describe('a filter in words', () => {
  it('tells the number of chosen jobs where a list leaves their ids out', () => {
    expect(filterText({ held: true }, 2)).toBe('2 chosen jobs, held');
    expect(filterText({ endpoint: 'orders' }, null)).toBe('endpoint orders');
  });

  it.each([
    [{}, 'all jobs'],
    [{ endpoint: 'orders', code: 'Busy' }, 'endpoint orders, error Busy'],
    [{ ids: ['a', 'b'], held: true }, '2 chosen jobs, held'],
    [{ status: ['Failed', 'Waiting'], held: false }, 'status Failed or Waiting, not held'],
    [{ ids: ['a'] }, 'one chosen job'],
  ])('%j reads %s', (filter, text) => {
    expect(filterText(filter)).toBe(text);
  });
});
