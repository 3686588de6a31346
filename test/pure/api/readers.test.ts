import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parametersReader } from '../../../shared/api/readParameters.ts';
import { bodyReader } from '../../../shared/api/readJsonBody.ts';
import { integer, list, oneOf, onlyTrue, text, time } from '../../../shared/api/schemas/schema.ts';

const readQuery = parametersReader({
  kind: oneOf('A kind.', ['a', 'b']),
  kinds: list(oneOf('A kind.', ['a', 'b'])),
  top: integer('How many.', { minimum: 1, maximum: 9 }),
  flag: onlyTrue('A flag.'),
});

const query = (search: string, keyInQuery?: boolean) =>
  readQuery(new URLSearchParams(search).entries(), keyInQuery);

describe('a query', () => {
  it('comes as what its schema says: texts, lists, numbers, flags', () => {
    expect(query('kind=a&kinds=a,,b&top=7&flag=true')).toEqual({
      kind: 'read',
      parameters: { kind: 'a', kinds: ['a', 'b'], top: 7, flag: true },
    });
  });

  it('names every parameter that is wrong, with what is allowed', () => {
    expect(query('kind=c&kinds=a,c&top=10&flag=yes&sort=up')).toEqual({
      kind: 'faulty',
      faults: [
        '"sort" is not a parameter; there are kind, kinds, top, flag.',
        'kind is "c"; it must be one of a, b.',
        'kinds is "c"; it must be one or some of a, b.',
        'top is "10"; it must be a whole number from 1 to 9.',
        'flag is "yes"; it must be true, or absent.',
      ],
    });
  });

  it('leaves out the function key, unless that is known to be elsewhere', () => {
    expect(query('code=secret&clientId=x')).toEqual({ kind: 'read', parameters: {} });
    expect(query('code=secret', false).kind).toBe('faulty');
  });

  it('is not fooled by names that every object has, and shows little of what is long', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(query(`${name}=1`)).toMatchObject({
        faults: [`"${name}" is not a parameter; there are kind, kinds, top, flag.`],
      });
    }
    const long = query(`kind=${'x'.repeat(10_000)}`);
    expect(long.kind === 'faulty' && long.faults.join('').length).toBeLessThan(200);
  });

  it('is read from any entries without an exception', () => {
    const name = fc.oneof(fc.constantFrom('kind', 'kinds', 'top', 'flag', '__proto__', 'code'), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
        expect(['read', 'faulty']).toContain(readQuery(entries).kind);
      }),
    );
  });
});

const readBody = bodyReader<unknown>({
  type: 'object',
  additionalProperties: false,
  required: ['reason'],
  properties: {
    reason: text('Why.', { minLength: 1, maxLength: 5 }),
    until: time('Until when.'),
    filter: {
      type: 'object',
      additionalProperties: false,
      properties: { ids: { ...list({ type: 'string' }), maxItems: 2 } },
    },
  },
});

describe('a body', () => {
  const faultsOf = (body: unknown): readonly string[] => {
    const read = readBody(typeof body === 'string' ? body : JSON.stringify(body));
    return read.kind === 'faulty' ? read.faults : [];
  };

  it('names every member that is wrong, with its place and what is allowed', () => {
    expect(faultsOf({ reason: 'because', until: 'soon', filter: { ids: [1, 'b', 'c'], x: 1 } })).toEqual([
      'reason must be text of 1 to 5 characters.',
      'until must be a time like 2026-11-24T08:30:00Z.',
      '"filter.x" is not a member; there are ids.',
      'filter.ids has more than 2 entries.',
      'filter.ids.0 must be text.',
    ]);
    expect(faultsOf('')).toEqual(['reason is missing; it must be text of 1 to 5 characters.']);
    expect(faultsOf('[]')).toEqual(['the body must be an object.']);
    expect(faultsOf('{')).toEqual(['the body is not JSON.']);
    expect(faultsOf({ reason: 'a', until: '2026-02-30T25:00:00Z' })).toHaveLength(1);
  });

  it('is not fooled by names that every object has', () => {
    expect(faultsOf('{"reason":"a","__proto__":{"until":1}}')).toEqual([
      '"__proto__" is not a member; there are reason, until, filter.',
    ]);
    expect(faultsOf('{"constructor":1}')).toHaveLength(2);
  });

  it('is read from any text without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(['read', 'faulty']).toContain(readBody(body).kind);
      }),
    );
  });
});
