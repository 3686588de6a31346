import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeyAddress } from '../../../web/model/keyAddress.ts';

describe('an address with a key', () => {
  it.each([
    ['#key=abc', 'abc', '#/'],
    ['#key=a%2Fb%3D%3D&/jobs?status=Failed&code=Busy', 'a/b==', '#/jobs?status=Failed&code=Busy'],
    ['#key=', '', '#/'],
    ['#key=%', '', '#/'],
    ['#key=%E0%A4%A&/jobs', '', '#/jobs'],
  ])('%s is read as "%s" and becomes %s', (hash, key, rest) => {
    expect(readKeyAddress(hash)).toEqual({ key, rest });
  });

  it.each(['', '#/', '#/jobs?code=key%3D1'])('is not %s', (hash) => {
    expect(readKeyAddress(hash)).toBeUndefined();
  });

  it('is read whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readKeyAddress(`#key=${text}`)).toBeDefined();
        expect(readKeyAddress(`#key=${encodeURIComponent(text)}`)?.key).toBe(text);
      }),
    );
  });
});
