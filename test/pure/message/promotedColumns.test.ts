import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimProperties } from '../../../shared/message/claims.ts';
import { promotedColumns } from '../../../shared/message/promotedColumns.ts';
import { bytesOf, contextWith } from '../../support/contexts.ts';
import { jobWith } from '../../support/jobs.ts';

type Columns = Readonly<Record<string, unknown>>;

const entity = (columns: Columns) => ({
  LogicalName: 'account',
  Attributes: Object.entries(columns).map(([key, value]) => ({ key, value })),
});
const pairs = (key: string, columns?: Columns) =>
  columns === undefined ? [] : [{ key, value: entity(columns) }];

const contextOf = (target?: Columns, after?: Columns, before?: Columns) =>
  contextWith({
    InputParameters: pairs('Target', target),
    PostEntityImages: pairs('after', after),
    PreEntityImages: pairs('before', before),
  });

const valueOf = (value: unknown) => promotedColumns(['it'], bytesOf(contextOf({ it: value })))['it'];

describe('a promoted column', () => {
  it('is looked for in the target, then in the image after, then in the image before (M-11)', () => {
    const context = contextOf({ a: 1 }, { a: 2, b: 2 }, { a: 3, b: 3, c: 3 });
    expect(promotedColumns(['a', 'b', 'c', 'd'], bytesOf(context))).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('that was emptied has no property, whatever it was before', () => {
    expect(promotedColumns(['a'], bytesOf(contextOf({ a: null }, {}, { a: 1 })))).toEqual({});
  });

  it('of a deleted record comes from its image, since the target is a reference only', () => {
    const context = contextWith({
      MessageName: 'Delete',
      InputParameters: [{ key: 'Target', value: { Id: 'x', LogicalName: 'account' } }],
      PreEntityImages: pairs('before', { a: 1 }),
    });
    expect(promotedColumns(['a'], bytesOf(context))).toEqual({ a: 1 });
  });

  const typed = (type: string, members: object) => ({
    __type: `${type}:http://schemas.microsoft.com/xrm/2011/Contracts`,
    ...members,
  });

  it.each([
    ['a text', 'Fabrikam', 'Fabrikam'],
    ['a number', 1.5, 1.5],
    ['a flag', false, false],
    ['a choice', typed('OptionSetValue', { Value: 3 }), 3],
    ['an amount', typed('Money', { Value: 12.5 }), 12.5],
    ['a lookup', typed('EntityReference', { Id: 'c0ffee00', LogicalName: 'contact', Name: 'x' }), 'c0ffee00'],
    [
      'several choices',
      [typed('OptionSetValue', { Value: 1 }), typed('OptionSetValue', { Value: 2 })],
      '1,2',
    ],
    ['a date', '/Date(1764000000000)/', '2025-11-24T16:00:00.000Z'],
    ['a date with an offset', '/Date(1764000000000+0200)/', '2025-11-24T16:00:00.000Z'],
    ['a date before 1970', '/Date(-1000)/', '1969-12-31T23:59:59.000Z'],
    ['a text like a date', '/Date(x)/', '/Date(x)/'],
    ['a date after the year 9999', '/Date(999999999999999)/', '+033658-09-27T01:46:39.999Z'],
    ['a file', [1, 2, 3], undefined],
    ['a list of records', typed('EntityCollection', { Entities: [] }), undefined],
    ['an object of no known type', { Value: { Value: 1 } }, undefined],
  ])('that is %s is known by its simple value', (_kind, value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it('is a text of one line', () => {
    expect(valueOf('one\r\ntwo\u0000')).toBe('one two\uFFFD');
  });

  it('is not searched in inherited members', () => {
    expect(promotedColumns(['constructor', 'length'], bytesOf(contextOf({})))).toEqual({});
  });

  it('leaves room in the 64 KB that the properties of a message share', () => {
    const names = Array.from({ length: 50 }, (_, index) => `c${index}`.padEnd(128, '_'));
    const long = '\u20AC'.repeat(10_000);
    const context = contextOf(Object.fromEntries(names.map((name) => [name, long])));
    const claims = jobWith({
      OrganizationName: long,
      MessageName: long.slice(0, 256),
      PrimaryEntityName: long.slice(0, 256),
      InitiatingUserAgent: long,
    });
    const properties = {
      ...promotedColumns(names, bytesOf(context)),
      ...claimProperties(claims, 'userInfo', true),
    };
    expect(Object.keys(properties).length).toBeGreaterThan(50);
    expect(bytesOf(properties).byteLength).toBeLessThan(64 * 1024);
  });
});

describe('promoting columns', () => {
  it('reads nothing when none is asked for', () => {
    expect(promotedColumns([], bytesOf('not JSON'))).toEqual({});
  });

  it('takes a body with a byte order mark (R-5)', () => {
    expect(promotedColumns(['a'], bytesOf(`\uFEFF${JSON.stringify(contextOf({ a: 1 }))}`))).toEqual({ a: 1 });
  });

  it('never fails on a context, whatever stands in it', () => {
    const any = fc.jsonValue();
    const pair = fc.record({ key: fc.constantFrom('Target', 'a', 'b'), value: any });
    const holder = fc.record({
      key: fc.constant('Target'),
      value: fc.record({ Attributes: fc.array(pair) }),
    });
    const list = fc.oneof(any, fc.array(fc.oneof(any, holder)));
    const context = fc.record({ InputParameters: list, PreEntityImages: list, PostEntityImages: list });
    fc.assert(
      fc.property(fc.oneof(any, context), (value) => {
        for (const each of Object.values(promotedColumns(['a', 'b'], bytesOf(JSON.stringify(value))))) {
          expect(['string', 'number', 'boolean']).toContain(typeof each);
        }
      }),
    );
  });
});

describe('a number as a property', () => {
  it.each([
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    [1e19, '10000000000000000000'],
    [-1e30, '-1e+30'],
    [12.5, 12.5],
  ])('%d is what AMQP can carry (M-11)', (value, property) => {
    expect(valueOf(value)).toBe(property);
  });

  it('beyond what a number can be is left out', () => {
    const body = new TextDecoder()
      .decode(bytesOf(contextOf({ it: 1 })))
      .replace('"value":1', '"value":1e400');
    expect(promotedColumns(['it'], new TextEncoder().encode(body))).toEqual({});
  });

  it('of many choices is cut, and of none is left out', () => {
    const choices = Array.from({ length: 30_000 }, (_, n) => ({ Value: n }));
    expect(String(valueOf(choices))).toHaveLength(256);
    expect(valueOf([])).toBeUndefined();
  });
});
