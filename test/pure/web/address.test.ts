import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, readAddress, type Place } from '../../../web/model/address.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1 });

const places: fc.Arbitrary<Place> = fc.oneof(
  fc.constant<Place>({ view: 'overview' }),
  fc.constant<Place>({ view: 'endpoints' }),
  fc.constant<Place>({ view: 'operations' }),
  text.map((status): Place => ({ view: 'jobs', filter: { status } })),
  fc
    .tuple(text, fc.constantFrom('', 'attempts', 'raw'))
    .map(([id, tab]): Place => ({ view: 'job', id, tab })),
  text.map((name): Place => ({ view: 'endpoint', name })),
  text.map((id): Place => ({ view: 'operation', id })),
);

describe('the address of a place', () => {
  it('leads back to the place, whatever its names', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(readAddress(addressOf(place))).toEqual(place);
      }),
    );
  });

  it.each([
    ['', { view: 'overview' }],
    ['#', { view: 'overview' }],
    ['#/jobs?status=Failed', { view: 'jobs', filter: { status: 'Failed' } }],
    ['#/jobs?status=Failed&colour=red', { view: 'jobs', filter: { status: 'Failed' }, unknown: ['colour'] }],
    ['#/jobs/zd3-1/raw', { view: 'job', id: 'zd3-1', tab: 'raw' }],
    ['#/nowhere', { view: 'unknown', path: '/nowhere' }],
    ['#/jobs/%', { view: 'job', id: '%', tab: '' }],
  ])('%s is read', (hash, place) => {
    expect(readAddress(hash)).toEqual(place);
  });
});
