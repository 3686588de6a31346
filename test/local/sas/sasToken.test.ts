import { describe, expect, it } from 'vitest';
import { isSignedWith, makeSasToken, parseSasToken } from '../../../local/sas/sasToken.ts';

/**
 * Made outside of this code:
 * `printf 'http%%3A%%2F%%2Fcontoso.servicebus.windows.net%%2Fhyco\n1700000000' | openssl dgst -sha256 -hmac 'key+/=' -binary | base64`
 */
const signature = 'Uei8JthicKYJxN0wROmZYouwN8gemJJArtMC+e2BFKg=';
const resource = 'http://contoso.servicebus.windows.net/hyco';
const token = `SharedAccessSignature sr=${encodeURIComponent(resource)}&sig=${encodeURIComponent(signature)}&se=1700000000&skn=a%26b`;

describe('a shared access signature token', () => {
  it('is made as other programs make it', () => {
    expect(makeSasToken(resource, { keyName: 'a&b', secret: 'key+/=' }, 1_700_000_000)).toBe(token);
  });

  it('is read, whatever the order of its fields, and checked against a secret', () => {
    const [scheme = '', fields = ''] = token.split(' ');
    for (const text of [token, `${scheme} ${fields.split('&').reverse().join('&')}`]) {
      const read = parseSasToken(text);
      expect(read).toMatchObject({ resource, signature, expirySeconds: 1_700_000_000, keyName: 'a&b' });
      if (read === undefined) throw new Error('It was not read.');
      expect(isSignedWith(read, 'key+/=')).toBe(true);
      expect(isSignedWith(read, 'other')).toBe(false);
      expect(isSignedWith({ ...read, expirySeconds: 1_700_000_001 }, 'key+/=')).toBe(false);
    }
  });

  it.each([
    ['', 'nothing'],
    ['Bearer x', 'another scheme'],
    [token.replace('&skn=a%26b', ''), 'no key name'],
    [token.replace('&se=1700000000', ''), 'no expiry'],
    [token.replace('se=17', 'se=x17'), 'an expiry that is no number'],
    [token.replace('se=17', 'se=9999999999917'), 'an expiry that no date can hold'],
    [token.replace('sr=', 'sr=%zz'), 'a resource that is wrongly encoded'],
    [token.replace('skn=', 'skn=%e4'), 'a key name that is wrongly encoded'],
    [token.replace('sig=', 'other='), 'no signature'],
  ])('%s is none: it has %s', (text) => {
    expect(parseSasToken(text)).toBeUndefined();
  });
});
