import { describe, expect, it } from 'vitest';
import { pageAnswer, type PageFile, type PageRequest } from '../../../shared/api/pageAnswer.ts';

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const files: ReadonlyMap<string, PageFile> = new Map([
  ['index.html', { contentType: 'text/html', etag: '"one"', body: text('page') }],
  ['main.js', { contentType: 'text/javascript', etag: '"two"', body: text('script'), gzip: text('packed') }],
]);

const answer = (request: Partial<PageRequest>) =>
  pageAnswer(files, { path: '/api/page/', file: '', ifNoneMatch: null, acceptEncoding: null, ...request });

describe('an answer of the page', () => {
  it('is the page itself for no file', () => {
    expect(answer({})).toMatchObject({ status: 200, body: text('page') });
  });

  it.each([
    ['/api/page', 'page/'],
    ['/elsewhere/Page', 'Page/'],
  ])('leads from %s on to %s', (path, location) => {
    expect(answer({ path })).toMatchObject({ status: 302, headers: { location } });
  });

  it.each(['other.js', '../main.js', 'nested/main.js', '__proto__', 'main.js.gz'])(
    'is 404 for %s',
    (file) => {
      expect(answer({ file }).status).toBe(404);
    },
  );

  it.each(['"two"', 'W/"two"', '"one", "two"', '*'])('is 304 for who has %s', (ifNoneMatch) => {
    const { status, body } = answer({ file: 'main.js', ifNoneMatch });
    expect([status, body]).toEqual([304, undefined]);
  });

  it.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['gzip;q=0', false],
    ['br', false],
    [null, false],
  ])('is compressed for who accepts %s: %s', (acceptEncoding, packed) => {
    const { headers, body } = answer({ file: 'main.js', acceptEncoding });
    expect(body).toEqual(packed ? text('packed') : text('script'));
    expect(headers['content-encoding']).toBe(packed ? 'gzip' : undefined);
    expect(headers['vary']).toBe('accept-encoding');
  });

  it('is guarded, whatever it is', () => {
    for (const each of [{}, { path: '/api/page' }, { file: 'other.js' }, { ifNoneMatch: '*' }]) {
      const { headers } = answer(each);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });
});
