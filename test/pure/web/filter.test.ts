import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chipsOf,
  filterNames,
  formatFilter,
  readFilter,
  readTerms,
  unknownIn,
  withTerm,
  withoutTerm,
  writeTerms,
  type JobFilter,
} from '../../../web/model/filter.ts';

const flags = ['attention', 'held', 'retried', 'retrying'];

const filters = fc
  .uniqueArray(fc.constantFrom(...filterNames))
  .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), valueFor(name)))))
  .map((terms) => Object.fromEntries(terms) as JobFilter);

const valueFor = (name: string) =>
  flags.includes(name)
    ? fc.constant('true')
    : fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/["\s]/.test(text));

describe('a filter in an address', () => {
  it('comes back as it was, whatever its values', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(formatFilter(filter))).toEqual(filter);
      }),
    );
  });

  it('has one address, in whatever order its terms came', () => {
    const one = withTerm(withTerm({}, 'endpoint', 'orders'), 'status', 'Failed');
    const other = withTerm(withTerm({}, 'status', 'Failed'), 'endpoint', 'orders');
    expect(formatFilter(one)).toBe('status=Failed&endpoint=orders');
    expect(formatFilter(other)).toBe(formatFilter(one));
  });

  it('leaves out what is unknown or empty', () => {
    expect(readFilter('status=Failed&colour=red&endpoint=')).toEqual({ status: 'Failed' });
  });

  it('names what is no filter, once', () => {
    expect(unknownIn('status=Failed&colour=red&colour=blue&endpont=orders')).toEqual(['colour', 'endpont']);
    expect(unknownIn('status=Failed&endpoint=')).toEqual([]);
  });
});

describe('a filter in words', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readTerms(writeTerms(filter))).toEqual({ kind: 'read', filter });
      }),
    );
  });

  it('takes spaces between quotes, flags alone, and names in any case', () => {
    expect(readTerms('  STATUS:Failed message:"Win all" held minattempts:3 ')).toEqual({
      kind: 'read',
      filter: { status: 'Failed', message: 'Win all', held: 'true', minAttempts: '3' },
    });
  });

  it.each([
    ['colour:red', '"colour" is not a filter'],
    ['status', 'status needs a value'],
    ['status:Failed ???', '"???" is not of the form name:value.'],
  ])('says what is wrong with %s', (text, fault) => {
    expect(readTerms(text)).toMatchObject({ kind: 'faulty', fault: expect.stringContaining(fault) });
  });
});

describe('filter chips', () => {
  it('name each term, a flag without a value', () => {
    expect(chipsOf({ held: 'true', status: 'Failed' })).toEqual([
      { name: 'status', label: 'Status', value: 'Failed' },
      { name: 'held', label: 'Held', value: '' },
    ]);
  });

  it('go one by one', () => {
    expect(withoutTerm({ status: 'Failed', endpoint: 'orders' }, 'status')).toEqual({ endpoint: 'orders' });
  });
});
