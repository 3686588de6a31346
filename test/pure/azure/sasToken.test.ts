import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sasToken } from '../../../shared/azure/relay/sasToken.ts';

const key = { keyName: 'Send policy', key: 'c2VjcmV0/+=' };
const expiresAt = 1764000600;

const partsOf = (token: string) => {
  const [scheme, query = ''] = token.split(' ');
  return { scheme, parts: new Map(query.split('&').map((part) => part.split('=', 2) as [string, string])) };
};

describe('a token for a relay', () => {
  const { scheme, parts } = partsOf(sasToken('http://Relay.example/Path/two', key, expiresAt));

  it('names resource, expiry and policy', () => {
    expect(scheme).toBe('SharedAccessSignature');
    expect([...parts.keys()]).toEqual(['sr', 'sig', 'se', 'skn']);
    expect(decodeURIComponent(parts.get('sr') ?? '')).toBe('http://relay.example/path/two');
    expect(parts.get('se')).toBe('1764000600');
    expect(parts.get('skn')).toBe('Send%20policy');
  });

  it('is signed as the documentation has it: resource, line feed, expiry, by the key as text', () => {
    const signed = `${encodeURIComponent('http://relay.example/path/two')}\n1764000600`;
    const expected = createHmac('sha256', Buffer.from(key.key, 'utf8')).update(signed).digest('base64');
    expect(decodeURIComponent(parts.get('sig') ?? '')).toBe(expected);
  });

  it('has the signature that was computed for it once and for all', () => {
    const fixed = sasToken('http://relay.example/a', { keyName: 'k', key: 'key' }, 1);
    expect(fixed).toBe(
      'SharedAccessSignature sr=http%3A%2F%2Frelay.example%2Fa&sig=FXXW1arAlBjDR9VFgHlDuNNs91UrGiMu4NXErNw1plQ%3D&se=1&skn=k',
    );
  });

  it('is another for each resource, key and time', () => {
    const tokens = [
      sasToken('http://relay.example/a', key, 1),
      sasToken('http://relay.example/b', key, 1),
      sasToken('http://relay.example/a', { ...key, key: 'other' }, 1),
      sasToken('http://relay.example/a', key, 2),
    ].map((token) => partsOf(token).parts.get('sig'));
    expect(new Set(tokens).size).toBe(tokens.length);
  });
});
