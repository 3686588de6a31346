import { describe, expect, it } from 'vitest';
import {
  ContextError,
  formatOf,
  instantOf,
  readContext,
  writeJson,
  type HintsMap,
  type MessageFormat,
  type Value,
} from '../../../shared/context/listener.ts';
import { makeConverter } from '../../../shared/context/write/convert.ts';

const inFormat = (json: string, format: MessageFormat, hints: HintsMap): Uint8Array => {
  const { toXml, toBinary } = makeConverter(hints);
  const body = Buffer.from(json);
  return format === 'json' ? body : format === 'xml' ? toXml(body) : toBinary(body);
};

/** The value of an input parameter named `p` of the message `m`, read from each format. */
const readValue = (json: string, hints: HintsMap = {}): Value | undefined => {
  const context = `{"MessageName":"m","InputParameters":[{"key":"p","value":${json}}]}`;
  const [fromJson, fromXml, fromBinary] = (['json', 'xml', 'binary'] as const).map((format) =>
    readContext(inFormat(context, format, hints), format, hints).InputParameters.get('p'),
  );
  expect(fromXml).toEqual(fromJson);
  expect(fromBinary).toEqual(fromJson);
  return fromJson;
};

const type = '"__type":"%:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts"';
const object = (name: string, members: string): string => `{${type.replace('%', name)},${members}}`;

describe('a value that JSON tells (F-5)', () => {
  it.each([
    ['null', null],
    ['true', true],
    ['"text"', 'text'],
    ['""', ''],
    ['-0', 0],
    ['2147483647', 2147483647],
    ['2147483648', 2147483648n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775808', { type: 'decimal', value: '9223372036854775808' }],
    ['1.0000000000', { type: 'decimal', value: '1.0000000000' }],
    ['1e2', { type: 'decimal', value: '100' }],
    ['-0.0', { type: 'decimal', value: '0.0' }],
    ['1e29', { type: 'double', value: 1e29 }],
    ['1e-30', { type: 'double', value: 1e-30 }],
    ['1e400', { type: 'double', value: Number.POSITIVE_INFINITY }],
    ['"f0ec8b1a-d127-4744-8bf3-b48cdfb794bf"', 'f0ec8b1a-d127-4744-8bf3-b48cdfb794bf'],
    ['"2024-12-10T07:05:21.125Z"', '2024-12-10T07:05:21.125Z'],
    ['"\\/Date(253402300800000)\\/"', '/Date(253402300800000)/'],
    ['"x /Date(0)/"', 'x /Date(0)/'],
    ['[]', { type: 'list', name: 'ArrayOfstring', items: [] }],
    ['["a",null]', { type: 'list', name: 'ArrayOfstring', items: ['a', null] }],
    ['[0,255]', Uint8Array.of(0, 255)],
    ['[0,256]', { type: 'list', name: 'ArrayOfint', items: [0, 256] }],
    ['[true,false]', { type: 'list', name: 'ArrayOfboolean', items: [true, false] }],
  ] as const)('%s', (json, value) => {
    expect(readValue(json)).toEqual(value);
  });

  it('a decimal array keeps each scale', () => {
    const items = ['1', '2.50'].map((value) => ({ type: 'decimal', value }));
    expect(readValue('[1,2.50]')).toEqual({ type: 'list', name: 'ArrayOfdecimal', items });
  });

  it('a date is UTC without an offset, and of no zone with one', () => {
    const date = { type: 'dateTime', offsetMinutes: 0 };
    expect(readValue('"\\/Date(1)\\/"')).toEqual({ ...date, value: '1970-01-01T00:00:00.001', kind: 'utc' });
    expect(readValue('"/Date(0-0130)/"')).toEqual({
      ...date,
      value: '1969-12-31T22:30:00',
      kind: 'unspecified',
    });
  });

  it.each([
    ['U+0000', '\\u0000', '\u0000'],
    ['a carriage return', '\\r', '\r'],
    ['a noncharacter', '\\uffff\\ufffe', '\uffff\ufffe'],
    ['a raw noncharacter', '\uffff', '\uffff'],
    ['a surrogate pair', '\\ud83d\\ude00', '😀'],
    ['a high surrogate alone', 'a\\ud83db', 'a\ufffdb'],
    ['a low surrogate alone', '\\ude00', '\ufffd'],
    ['a pair in the wrong order', '\\ude00\\ud83d', '\ufffd\ufffd'],
    ['markup', '<a href=\\"x\\">&amp;]]>', '<a href="x">&amp;]]>'],
    ['CJK text', '漢字仮名', '漢字仮名'],
  ])('%s in a string', (_, json, text) => {
    expect(readValue(`"${json}"`)).toBe(text);
  });

  it('objects of the SDK', () => {
    expect(readValue(object('Money', '"Value":100.0000'))).toEqual({ type: 'Money', Value: '100.0000' });
    const option = object('OptionSetValue', '"Value":3');
    expect(readValue(`[${option}]`)).toEqual({
      type: 'list',
      name: 'OptionSetValueCollection',
      items: [{ type: 'OptionSetValue', Value: 3 }],
    });
    expect(readValue(object('ColumnSet', '"Columns":["a"]'))).toEqual({
      type: 'ColumnSet',
      members: { AllColumns: false, AttributeExpressions: [], Columns: ['a'] },
    });
  });

  it('names that a plain object could not hold', () => {
    const attributes = '"Attributes":[{"key":"__proto__","value":1},{"key":"7","value":2}]';
    const entity = readValue(object('Entity', `"__proto__":{"x":1},${attributes}`));
    expect(entity).toMatchObject({
      Attributes: new Map([
        ['__proto__', 1],
        ['7', 2],
      ]),
    });
    expect(Object.getPrototypeOf(entity)).toBe(Object.prototype);
  });
});

describe('a value with a hint (F-6)', () => {
  it.each([
    [
      'guid',
      '"F0EC8B1A-D127-4744-8BF3-B48CDFB794BF"',
      { type: 'guid', value: 'f0ec8b1a-d127-4744-8bf3-b48cdfb794bf' },
    ],
    ['double', '3', { type: 'double', value: 3 }],
    ['float', '0.3333333333333333', { type: 'double', value: 0.3333333333333333 }],
    ['long', '5', 5n],
    ['decimal', '42', { type: 'decimal', value: '42' }],
    ['money', '7.50', { type: 'Money', Value: '7.50' }],
    ['string', '"/Date(0)/"', '/Date(0)/'],
    ['bytes', '[]', new Uint8Array()],
    ['int[]', '[1,2]', { type: 'list', name: 'ArrayOfint', items: [1, 2] }],
    ['long[]', '[1]', { type: 'list', name: 'ArrayOflong', items: [1n] }],
    ['concurrencyBehavior', '2', { type: 'ConcurrencyBehavior', value: 'AlwaysOverwrite' }],
    ['entityReference[]', '[]', { type: 'list', name: 'EntityReferenceCollection', items: [] }],
  ] as const)('%s', (hint, json, value) => {
    expect(readValue(json, { 'm.p': hint })).toEqual(value);
    expect(readValue(json, { '*.p': hint })).toEqual(value);
    expect(readValue('null', { 'm.p': hint })).toBeNull();
  });

  it('of its own table stands before one of every table', () => {
    expect(readValue('5', { 'm.p': 'long', '*.p': 'decimal' })).toBe(5n);
  });
});

describe('members of a context', () => {
  it('stand in the order of the contract, whatever their order in the JSON; unknown ones are left out (F-1)', () => {
    const json = Buffer.from('{"Stage":40,"Unknown":{"a":[1]},"Depth":2,"MessageName":"Create"}');
    const xml = Buffer.from(makeConverter().toXml(json)).toString();
    const names = [...xml.matchAll(/<(Depth|MessageName|Stage|Unknown|CorrelationId)[ >]/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(['CorrelationId', 'Depth', 'MessageName', 'Stage']);
  });

  it('OperationCreatedOn may be ISO 8601, as tools that log contexts write it (F-7)', () => {
    const json = Buffer.from('{"OperationCreatedOn":"2024-12-10T07:05:29.000Z"}');
    expect(instantOf(readContext(json, 'json').OperationCreatedOn).toISOString()).toBe(
      '2024-12-10T07:05:29.000Z',
    );
  });
});

describe('a typed context', () => {
  const context = readContext(Buffer.from('{"OperationCreatedOn":"/Date(1722582039000+0000)/"}'), 'json');

  it('says when the operation was, though its date names no zone (F-7)', () => {
    expect(context.OperationCreatedOn.kind).toBe('unspecified');
    expect(instantOf(context.OperationCreatedOn).toISOString()).toBe('2024-08-02T07:00:39.000Z');
  });

  it('has nothing for what is missing (F-1)', () => {
    expect(context).toMatchObject({ Depth: 0, MessageName: null, ParentContext: null, RequestId: null });
    expect(context.InputParameters.size).toBe(0);
  });

  it('keeps ticks and offsets of XML in text, and cuts them for JSON', () => {
    const xml = `<RemoteExecutionContext xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><OperationCreatedOn>2024-08-02T07:00:39.1234567+02:00</OperationCreatedOn></RemoteExecutionContext>`;
    const read = readContext(Buffer.from(xml), 'xml');
    expect(read.OperationCreatedOn).toMatchObject({
      value: '2024-08-02T07:00:39.1234567',
      offsetMinutes: 120,
    });
    expect(instantOf(read.OperationCreatedOn).toISOString()).toBe('2024-08-02T05:00:39.123Z');
    expect(Buffer.from(writeJson(read)).toString()).toContain('"\\/Date(1722574839123+0200)\\/"');
  });
});

describe('an XML document', () => {
  const read = (inside: string): unknown =>
    readContext(Buffer.from(`<RemoteExecutionContext>${inside}</RemoteExecutionContext>`), 'xml');

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]>'],
    ['an entity of its own', '<MessageName>&x;</MessageName>'],
    ['a comment', '<!-- x -->'],
    ['a processing instruction', '<?x y?>'],
    ['a CDATA section', '<MessageName><![CDATA[x]]></MessageName>'],
    ['crossed tags', '<A><B></A></B>'],
    ['an undeclared prefix', '<q:A/>'],
  ])('with %s is refused', (_, inside) => {
    expect(() => read(inside)).toThrow(ContextError);
  });

  it('may have members in any order, unknown members and white space', () => {
    expect(read('\n <Stage>40</Stage> <New><a>x</a><b/></New> <Depth>2</Depth>\n')).toMatchObject({
      Depth: 2,
      Stage: 40,
    });
  });
});

describe('a content type', () => {
  it.each([
    ['application/json', 'json'],
    ['application/xml; charset=utf-8', 'xml'],
    ['application/msbin1', 'binary'],
    ['text/plain', undefined],
  ])('%s', (contentType, format) => {
    expect(formatOf(contentType)).toBe(format);
  });
});
