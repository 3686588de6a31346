import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNumber, parseExact } from '../../../web/model/exactJson.ts';

describe('JSON with many digits', () => {
  it('is the same as ever where no digit would be lost', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        const plain: unknown = JSON.parse(text);
        fc.pre(JSON.stringify(plain) === text);
        expect(parseExact(text)).toEqual(plain);
      }),
    );
  });

  it('keeps every digit of a number', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const read = parseExact(`[${value}]`) as unknown[];
        expect(exactNumber(read[0]) ?? String(read[0])).toBe(String(value));
      }),
    );
    expect(exactNumber((parseExact('{"price":100.0000}') as { price: unknown }).price)).toBe('100.0000');
  });

  it('leaves what looks like a number in a text alone', () => {
    expect(parseExact('{"a":"x 100.0000 \\" 1.0","1.0":1}')).toEqual({ a: 'x 100.0000 " 1.0', '1.0': 1 });
  });

  it.each([null, 'x', 1, {}, { '#': 1 }, { '#': '1', x: 1 }])('takes %j for no such number', (value) => {
    expect(exactNumber(value)).toBeUndefined();
  });
});
