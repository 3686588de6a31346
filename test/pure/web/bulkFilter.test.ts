import { describe, expect, it } from 'vitest';
import { bulkFilterOf } from '../../../web/model/bulkFilter.ts';
import { filterText, percentDone } from '../../../web/model/bulkWords.ts';
import type { JobFilter } from '../../../web/model/filter.ts';

const ofTerms = (filter: JobFilter) => bulkFilterOf({ action: 'retry', target: { kind: 'filter', filter } });

describe('the jobs of a bulk request', () => {
  it('are those of the list: every term is taken over, flags and numbers as such', () => {
    expect(ofTerms({ endpoint: 'orders', code: 'Busy', held: 'true', minAttempts: '3' })).toEqual({
      kind: 'filter',
      filter: { endpoint: 'orders', code: 'Busy', held: true, minAttempts: 3 },
    });
  });

  it('that were retried have two attempts at least', () => {
    expect(ofTerms({ retried: 'true', minAttempts: '1' })).toMatchObject({ filter: { minAttempts: 2 } });
  });

  it('are none when a term of the list cannot be taken over', () => {
    expect(ofTerms({ status: 'Failed', record: 'a', correlationId: 'b' })).toEqual({
      kind: 'impossible',
      names: ['record', 'correlationId'],
    });
  });

  it('that were chosen go by their ids', () => {
    expect(bulkFilterOf({ action: 'retry', target: { kind: 'ids', ids: ['a'] } })).toEqual({
      kind: 'filter',
      filter: { ids: ['a'] },
    });
  });
});

describe('a filter in words', () => {
  it.each([
    [{}, 'all jobs'],
    [{ endpoint: 'orders', code: 'Busy' }, 'endpoint orders, error Busy'],
    [{ ids: ['a', 'b'], held: true }, '2 chosen jobs, held true'],
    [{ ids: ['a'] }, 'one chosen job'],
  ])('%j reads %s', (filter, text) => {
    expect(filterText(filter)).toBe(text);
  });
});

describe('how far an operation is', () => {
  it.each([
    [0, 0, 100],
    [3, 1, 33],
    [3, 5, 100],
  ])('of %i jobs, %i dealt with: %i percent', (counted, done, percent) => {
    expect(percentDone({ counted, done, refused: 0, missing: 0 })).toBe(percent);
  });
});
