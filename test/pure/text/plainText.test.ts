import { describe, expect, it } from 'vitest';
import { plainText } from '../../../shared/text/plainText.ts';

describe('a text from outside', () => {
  it('is cut', () => {
    expect(plainText('abcdef', 4)).toBe('abcd');
  });

  it('stands on one line', () => {
    expect(plainText('Error: a\r\n\tat b', 100)).toBe('Error: a at b');
    expect(plainText('a\u2028b\u2029\nc', 100)).toBe('a b c');
  });

  it('keeps no control character and no half of a surrogate pair', () => {
    expect(plainText('a\u0000b\u001b[31m\u009b\ud83d', 100)).toBe('a\ufffdb\ufffd[31m\ufffd\ufffd');
    expect(plainText('x\u{1f600}', 2)).toBe('x\ufffd');
    expect(plainText('x\u{1f600}', 3)).toBe('x\u{1f600}');
  });
});
