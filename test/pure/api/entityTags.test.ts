import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntityTags } from '../../../shared/api/entityTags.ts';
import { orNotModified } from '../../../shared/api/notModified.ts';
import { jsonAnswer, problem } from '../../../shared/api/problem.ts';

const version = `W/"datetime'2026-11-24T06%3A00%3A00.0000000Z'"`;

const wants = (header: string | null, of = version): boolean | string => {
  const read = readEntityTags('If-Match', header);
  return read.kind === 'read' ? read.isWanted(of) : read.fault;
};

describe('If-Match', () => {
  it.each([
    ['absent', null],
    ['*', '*'],
    ['* with blanks', ' * '],
    ['the version', version],
    ['the version as a strong tag', version.slice(2)],
    ['a list that has it', `"a", W/"b" ,${version}`],
  ])('that is %s wants the stored version (P-6)', (_what, header) => {
    expect(wants(header)).toBe(true);
  });

  it('that has other versions does not (P-6)', () => {
    for (const header of ['"a"', 'W/"a"', '"a","b"', '""', '"*"']) expect(wants(header)).toBe(false);
  });

  it.each([
    '',
    ' ',
    'a',
    '"a',
    'a"',
    '"a" "b"',
    '"a",',
    ',"a"',
    'w/"a"',
    '"a\u0000"',
    `"${'a'.repeat(5000)}"`,
  ])('that is no list of versions is a fault of the caller: %j', (header) => {
    expect(wants(header)).toMatch(/^If-Match must be \*/);
  });

  it('is read from any text, in time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', ' ', 'W', '/', 'a', '*') }), (header) => {
        expect(['boolean', 'string']).toContain(typeof wants(header));
      }),
    );
    expect(wants(' '.repeat(4096))).toMatch(/^If-Match/);
  });
});

describe('a GET of what the caller has already', () => {
  const answer = jsonAnswer(200, { a: 1 }, { etag: version });

  it('is 304 without a body, and keeps the tag (P-7)', () => {
    expect(orNotModified('GET', version, answer)).toEqual({
      status: 304,
      headers: { etag: version, 'cache-control': 'no-store' },
      body: '',
    });
    expect(orNotModified('GET', '"other"', answer)).toEqual(answer);
    expect(orNotModified('GET', 'nonsense', answer)).toEqual(answer);
    expect(orNotModified('POST', version, answer)).toEqual(answer);
  });

  it('gets a tag from its body when it has none of its own (P-7)', () => {
    const tagOf = (body: unknown): string =>
      orNotModified('GET', null, jsonAnswer(200, body)).headers['etag'] ?? '';
    expect(tagOf({ a: 1 })).toMatch(/^W\/"[\w-]{27}"$/);
    expect(tagOf({ a: 1 })).not.toBe(tagOf({ a: 2 }));
    expect(orNotModified('GET', tagOf({ a: 1 }), jsonAnswer(200, { a: 1 })).status).toBe(304);
  });

  it('is answered in full when it is a problem', () => {
    const none = problem('NotFound', 'There is none.');
    expect(orNotModified('GET', '*', none)).toBe(none);
  });
});
