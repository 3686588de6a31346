import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContext } from '../../../shared/context/read/readContext.ts';
import { makeConverter } from '../../../shared/context/write/convert.ts';
import { capturesFolder, whyNoCaptures } from '../../support/captures.ts';
import { captureVectors, typedHints, typedVectors, vectors, type Vector } from '../../support/vectors.ts';

const { toXml, toBinary } = makeConverter();
const hinted = makeConverter(typedHints);

const captures = existsSync(capturesFolder)
  ? readdirSync(capturesFolder).filter((name) => name.endsWith('.json'))
  : [];

const same = (got: Uint8Array, wanted: Buffer): void => {
  expect(Buffer.from(got).toString('latin1')).toBe(wanted.toString('latin1'));
};

describe('a vector made by .NET', () => {
  it.each(vectors)('$name becomes the same XML, byte for byte (F-2)', ({ json, xml }) => {
    same(toXml(json), xml);
  });

  it.each(vectors)('$name becomes the same binary, byte for byte (F-3)', ({ json, binary }) => {
    same(toBinary(json), binary);
  });

  it.each(vectors)('$name reads the same from all three formats', ({ json, xml, binary }) => {
    const context = readContext(xml, 'xml');
    expect(readContext(binary, 'binary')).toEqual(context);
    expect(readContext(json, 'json')).toEqual(context);
  });
});

describe('a vector with types that JSON cannot carry', () => {
  it.each(typedVectors)('$name is reached with hints (F-6)', ({ json, xml, binary }) => {
    same(hinted.toXml(json), xml);
    same(hinted.toBinary(json), binary);
  });

  it.each(typedVectors)('$name is readable', ({ json, xml, binary }) => {
    const context = readContext(xml, 'xml');
    expect(readContext(json, 'json', typedHints)).toEqual(context);
    const negativeZero = new Map([['dbl_neg0', { type: 'double', value: 0 }]]);
    expect(withoutSigns(readContext(binary, 'binary'), negativeZero)).toEqual(
      withoutSigns(context, negativeZero),
    );
  });
});

/** .NET's binary writer loses the sign of a zero: such columns are compared as given. */
const withoutSigns = (context: unknown, columns: ReadonlyMap<string, unknown>): unknown =>
  structuredCloneWith(context, (key, value) => columns.get(key) ?? value);

const structuredCloneWith = (value: unknown, change: (key: string, value: unknown) => unknown): unknown => {
  if (value instanceof Map) {
    return new Map(
      [...(value as Map<string, unknown>)].map(([key, each]) => [
        key,
        change(key, structuredCloneWith(each, change)),
      ]),
    );
  }
  if (Array.isArray(value)) return value.map((each) => structuredCloneWith(each, change));
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, structuredCloneWith(each, change)]),
  );
};

/** A skipped suite needs one test for its reason to be printed. */
const orNone = <Item>(items: readonly Item[], none: Item): readonly Item[] =>
  items.length === 0 ? [none] : items;

const noVector: Vector = {
  name: 'none',
  json: Buffer.alloc(0),
  xml: Buffer.alloc(0),
  binary: Buffer.alloc(0),
};

describe.skipIf(captureVectors.length === 0)(
  `a captured context${captureVectors.length === 0 ? whyNoCaptures : ''}`,
  () => {
    it.each(orNone(captureVectors, noVector))(
      '$name becomes what .NET makes of it, in both formats',
      ({ json, xml, binary }) => {
        same(toXml(json), xml);
        same(toBinary(json), binary);
      },
    );
  },
);

describe.skipIf(captures.length === 0)(`any capture${captures.length === 0 ? whyNoCaptures : ''}`, () => {
  it.each(orNone(captures, 'none'))('%s reads the same from all three formats', (file) => {
    const json = readFileSync(join(capturesFolder, file));
    const context = readContext(toXml(json), 'xml');
    expect(context.MessageName).toEqual(expect.any(String));
    expect(readContext(toBinary(json), 'binary')).toEqual(context);
    expect(readContext(json, 'json')).toEqual(context);
  });
});
