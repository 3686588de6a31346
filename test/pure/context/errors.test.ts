import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContextError } from '../../../shared/context/contextError.ts';
import { maxJsonDepth } from '../../../shared/context/limits.ts';
import { readContext } from '../../../shared/context/read/readContext.ts';
import { makeConverter } from '../../../shared/context/write/convert.ts';
import type { HintsMap } from '../../../shared/context/write/hints.ts';
import { vectors } from '../../support/vectors.ts';

const target = (value: string): string => `{"InputParameters":[{"key":"Target","value":${value}}]}`;
const typed = (type: string, members: string): string =>
  target(`{"__type":"${type}:http://schemas.microsoft.com/xrm/2011/Contracts",${members}}`);

/** Code and path of the error, the same in both formats. */
const refusal = (json: string | Uint8Array, hints: HintsMap = {}): readonly string[] => {
  const body = typeof json === 'string' ? Buffer.from(json) : json;
  const { toXml, toBinary } = makeConverter(hints);
  const [xml, binary] = [toXml, toBinary].map((convert) => {
    try {
      convert(body);
      return ['none', ''];
    } catch (error) {
      if (error instanceof ContextError) return [error.code, error.path];
      throw error;
    }
  });
  expect(binary).toEqual(xml);
  return xml ?? [];
};

describe('a context that cannot be carried is refused, with the place (F-4, F-8)', () => {
  const value = '/InputParameters/0/value';

  it.each([
    ['no JSON', '{"Depth":1', 'NotJson', ''],
    ['text behind it', '{} x', 'NotJson', ''],
    ['a comma too many', '{"InputParameters":[1,]}', 'NotJson', '/InputParameters/1'],
    ['a control character', '{"MessageName":"a\u0001"}', 'NotJson', '/MessageName'],
    ['a broken escape', '{"MessageName":"\\u12g4"}', 'NotJson', '/MessageName'],
    ['a number with a leading zero', '{"Depth":01}', 'NotJson', ''],
    ['no object', '[]', 'WrongKind', ''],
    ['a member named twice', '{"Depth":1,"Mode":0,"Depth":2}', 'DuplicateKey', '/Depth'],
    ['the same by an escape', '{"Depth":1,"\\u0044epth":2}', 'DuplicateKey', '/Depth'],
    ['an unknown type', typed('OrganizationRequest', '"A":1'), 'TypeUnknown', value],
    ['a type of elsewhere', target('{"__type":"Entity:#x"}'), 'TypeUnknown', value],
    ['an object without a type', target('{"Id":"x"}'), 'TypeMissing', value],
    ['__type after another member', target('{"Value":1,"__type":"Money:x"}'), 'TypeMissing', value],
    ['a mixed array', target('[1,"a"]'), 'MixedArray', value],
    ['an array in an array', target('[[1]]'), 'MixedArray', value],
    ['an int beyond 32 bits', '{"Depth":2147483648}', 'NumberOutOfRange', '/Depth'],
    ['an int with a fraction', '{"Stage":1.5}', 'NumberOutOfRange', '/Stage'],
    ['money beyond a decimal', typed('Money', '"Value":1e29'), 'NumberOutOfRange', `${value}/Value`],
    ['a decimal array beyond', target('[1.5,1e40]'), 'NumberOutOfRange', `${value}/1`],
    [
      'an enum without a name',
      typed('Relationship', '"PrimaryEntityRole":7'),
      'EnumUnknown',
      `${value}/PrimaryEntityRole`,
    ],
    ['a guid that is none', '{"UserId":"abc"}', 'ValueInvalid', '/UserId'],
    ['a date that is none', '{"OperationCreatedOn":"yesterday"}', 'ValueInvalid', '/OperationCreatedOn'],
    [
      'a date beyond year 9999',
      '{"OperationCreatedOn":"/Date(253402300800000)/"}',
      'ValueInvalid',
      '/OperationCreatedOn',
    ],
    ['text for a boolean', '{"IsInTransaction":"true"}', 'WrongKind', '/IsInTransaction'],
    ['an object for a string', '{"MessageName":{}}', 'WrongKind', '/MessageName'],
    ['an object for a collection', '{"SharedVariables":{}}', 'WrongKind', '/SharedVariables'],
    ['a pair that is none', '{"SharedVariables":[1]}', 'WrongKind', '/SharedVariables/0'],
    ['a pair without a key', '{"SharedVariables":[{"value":1}]}', 'ValueInvalid', '/SharedVariables/0'],
    [
      'a key twice',
      '{"SharedVariables":[{"key":"a/b"},{"key":"a\\/b"}]}',
      'DuplicateKey',
      '/SharedVariables/1/key',
    ],
  ])('%s', (_, json, code, path) => {
    expect(refusal(json)).toEqual([code, path]);
  });

  it('bytes that are not UTF-8', () => {
    expect(refusal(Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]))).toEqual(['NotUtf8', '']);
  });

  it('a path escapes what JSON pointers escape', () => {
    expect(refusal('{"a/b~":[tru]}')).toEqual(['NotJson', '/a~1b~0/0']);
  });

  it.each([
    ['guid', '1'],
    ['int', '1.5'],
    ['long', '9223372036854775808'],
    ['bytes', '[256]'],
    ['guid[]', '["x"]'],
    ['boolean', '"true"'],
    ['dateTime', '"soon"'],
    ['money', '"1"'],
  ] as const)('a value that is not the %s of its hint', (hint, json) => {
    const [code] = refusal(`{"MessageName":"m",${target(json).slice(1)}`, { 'm.Target': hint });
    expect(code).toBe('HintMismatch');
  });

  it('a faulty hints map, before any message', () => {
    const faulty = { name: 'guid', 'a.b': 'uuid' } as unknown as HintsMap;
    expect(() => makeConverter(faulty)).toThrow('"name": "guid", "a.b": "uuid"');
  });
});

describe('nesting', () => {
  const chain = (levels: number): string => '{"ParentContext":'.repeat(levels) + 'null' + '}'.repeat(levels);

  it('of 100 parent contexts passes in every format and back', () => {
    const json = Buffer.from(chain(100));
    const { toXml, toBinary } = makeConverter();
    expect(readContext(toBinary(json), 'binary')).toEqual(readContext(toXml(json), 'xml'));
  });

  it('is bounded', () => {
    expect(refusal(chain(maxJsonDepth))).toEqual(['none', '']);
    expect(refusal(chain(maxJsonDepth + 1))[0]).toBe('TooDeep');
    expect(refusal('['.repeat(1_000_000))[0]).toBe('TooDeep');
  });

  it('is bounded in what is read, too', () => {
    const deep = '<a>'.repeat(2000);
    expect(() => readContext(Buffer.from(`<RemoteExecutionContext>${deep}`), 'xml')).toThrow('nested deeper');
    const records = Buffer.concat(Array.from({ length: 2000 }, () => Buffer.from([0x40, 1, 0x61])));
    expect(() => readContext(records, 'binary')).toThrow(ContextError);
  });
});

describe('a damaged document', () => {
  const small = vectors.filter(({ json }) => json.length < 10_000);
  const damaged = fc.record({
    vector: fc.constantFrom(...small),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
    cut: fc.boolean(),
  });

  it.each(['json', 'xml', 'binary'] as const)('in %s is read or refused, never anything else', (format) => {
    const property = fc.property(damaged, ({ vector, at, byte, cut }) => {
      const bytes = Buffer.from(vector[format]);
      const place = Math.floor(at * bytes.length);
      bytes[place] = byte;
      try {
        readContext(cut ? bytes.subarray(0, place) : bytes, format);
      } catch (error) {
        expect(error).toBeInstanceOf(ContextError);
      }
    });
    fc.assert(property, { numRuns: 1500 });
  });
});
