import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readDataverseDate } from '../../../shared/notification/dataverseDate.ts';

const iso = (text: string): string | undefined => readDataverseDate(text)?.toISOString();

describe('a date of Dataverse', () => {
  it('is UTC without an offset', () => {
    expect(iso('/Date(1506384247000)/')).toBe('2017-09-26T00:04:07.000Z');
  });

  it('is shifted back by its offset, as asynchronous steps write it', () => {
    // The pair of Microsoft's own sample: modifiedon 1506384247000, one second before the operation.
    expect(iso('/Date(1506409448000-0700)/')).toBe('2017-09-26T00:04:08.000Z');
    expect(iso('/Date(1724647396000+0300)/')).toBe(new Date(1724647396000 + 3 * 3_600_000).toISOString());
    expect(iso('/Date(1608007658000+0000)/')).toBe(new Date(1608007658000).toISOString());
  });

  it('may be ISO 8601', () => {
    expect(iso('2024-12-10T07:05:21.125Z')).toBe('2024-12-10T07:05:21.125Z');
    expect(iso('2024-12-10T07:05:21+02:00')).toBe('2024-12-10T05:05:21.000Z');
  });

  it.each([
    '',
    '/Date()/',
    '/Date(abc)/',
    'yesterday',
    '2024',
    '/Date(99999999999999999999)/',
    '/Date(1+1)/',
  ])('is undefined for %j', (text) => {
    expect(readDataverseDate(text)).toBeUndefined();
  });

  it('never throws and never gives an invalid date', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\/Date\(-?\d{0,20}([+-]\d{4})?\)\/$/)),
        (text) => {
          const date = readDataverseDate(text);
          expect(date === undefined || !Number.isNaN(date.getTime())).toBe(true);
        },
      ),
    );
  });
});
