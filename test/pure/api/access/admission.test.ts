import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admission } from '../../../../shared/api/access/admission.ts';
import { keyHolder, type Needed } from '../../../../shared/api/access/caller.ts';
import { readPrincipal } from '../../../../shared/api/access/readPrincipal.ts';
import { principalOf } from '../../../support/principals.ts';

const read = (options: Parameters<typeof principalOf>[0]) => readPrincipal(principalOf(options));

describe('the principal that App Service names', () => {
  it('has the roles of its app roles; acting and payload imply reading and not each other (P-3)', () => {
    expect(read({ roles: ['Bridge.Read'] })?.roles).toEqual(['read']);
    expect(read({ roles: ['Bridge.Act'] })?.roles).toEqual(['read', 'act']);
    expect(read({ roles: ['Bridge.Payload'] })?.roles).toEqual(['read', 'payload']);
    expect(read({ roles: ['Bridge.Act', 'Bridge.Payload'] })?.roles).toEqual(['read', 'act', 'payload']);
  });

  it('has no role by names that are nearly one, or by those of objects', () => {
    const roles = ['bridge.read', 'Bridge.Read ', 'Bridge.Act,Bridge.Read', 'constructor', '__proto__', ''];
    expect(read({ roles })?.roles).toEqual([]);
  });

  it('may carry roles in the claim that it names', () => {
    const typ = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role';
    const claims = [
      { typ: 'preferred_username', val: 'a' },
      { typ, val: 'Bridge.Act' },
      { typ: 'groups', val: 'Bridge.Payload' },
    ];
    expect(read({ claims })?.roles).toEqual(['read', 'act']);
    expect(read({ claims, role_typ: 'other' })?.roles).toEqual([]);
  });

  it('is called by the name of its account, else by the claim it names, else by its id', () => {
    const named = (claims: readonly { typ: string; val: string }[], name_typ: string | null = null) =>
      read({ claims, name_typ })?.name;
    const display = { typ: 'name', val: 'Ann' };
    expect(named([display, { typ: 'preferred_username', val: 'ann@contoso.com' }])).toBe('ann@contoso.com');
    expect(named([display, { typ: 'x', val: 'ann' }], 'x')).toBe('ann');
    expect(named([{ typ: 'appid', val: 'an-app' }])).toBe('an-app');
    expect(named([{ typ: 'preferred_username', val: `a\nb\u0000${'x'.repeat(300)}` }])).toMatch(
      /^a b\uFFFDx{196}$/,
    );
  });

  it.each([
    ['nothing', null],
    ['an empty text', ''],
    ['no base 64', '{"auth_typ":"aad"}'],
    ['base 64 twice', `${principalOf()},${principalOf()}`],
    ['no JSON', Buffer.from('hello').toString('base64')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    ['another shape', Buffer.from('{"auth_typ":"aad","claims":{}}').toString('base64')],
    ['another provider', principalOf({ auth_typ: 'google', roles: ['Bridge.Act'] })],
    ['no name', principalOf({ claims: [{ typ: 'roles', val: 'Bridge.Act' }] })],
    ['a blank name', principalOf({ claims: [{ typ: 'name', val: ' ' }] })],
    ['more than is read', principalOf({ name: 'x'.repeat(40_000) })],
  ])('is nobody when the header is %s (P-4)', (_what, header) => {
    expect(readPrincipal(header)).toBeUndefined();
  });

  it('is read from any text without an exception', () => {
    const json = fc.json().map((text) => Buffer.from(text).toString('base64'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), json), (header) => {
        expect(readPrincipal(header)).toBeUndefined();
      }),
    );
  });
});

describe('admission', () => {
  const knock = (needed: Needed, headers: Record<string, string>, method = 'GET') =>
    admission('entra', { method, header: (name) => headers[name] ?? null }, needed);
  const principal = (...roles: string[]) => ({ 'x-ms-client-principal': principalOf({ roles }) });
  const own = { 'x-requested-with': 'test' };
  const codeOf = (admitted: ReturnType<typeof knock>) =>
    'status' in admitted
      ? [admitted.status, (JSON.parse(admitted.body) as { code: string }).code]
      : admitted.name;

  it('with keys lets in whom the host lets through, with all roles (P-1)', () => {
    for (const needed of ['read', 'act', 'payload', 'notify'] as const) {
      const headers: Record<string, string> = principal();
      expect(admission('keys', { method: 'POST', header: (name) => headers[name] ?? null }, needed)).toBe(
        keyHolder,
      );
    }
  });

  it('with Entra lets in those with the role only, and tells the others which it takes (P-3)', () => {
    expect(codeOf(knock('read', principal('Bridge.Read')))).toBe('ann@contoso.com');
    expect(codeOf(knock('act', { ...principal('Bridge.Act'), ...own }, 'POST'))).toBe('ann@contoso.com');
    expect(codeOf(knock('act', { ...principal('Bridge.Read'), ...own }, 'POST'))).toEqual([
      403,
      'RoleMissing',
    ]);
    expect(codeOf(knock('payload', { ...principal('Bridge.Act'), ...own }))).toEqual([403, 'RoleMissing']);
    expect(knock('payload', { ...principal('Bridge.Act'), ...own })).toMatchObject({
      body: expect.stringContaining('Bridge.Payload') as string,
    });
    expect(codeOf(knock('read', principal()))).toEqual([403, 'RoleMissing']);
  });

  it('with Entra asks who comes without a principal to sign in (P-4)', () => {
    expect(codeOf(knock('read', {}))).toEqual([401, 'SignInNeeded']);
    expect(codeOf(knock('act', own, 'POST'))).toEqual([401, 'SignInNeeded']);
  });

  it('with Entra does nothing that another site may have asked for (P-5)', () => {
    const all = principal('Bridge.Act', 'Bridge.Payload');
    const refused = [403, 'CrossSite'];
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect(codeOf(knock('act', all, method))).toEqual(refused);
    expect(codeOf(knock('payload', all))).toEqual(refused);
    for (const site of ['cross-site', 'same-site', '']) {
      expect(codeOf(knock('read', { ...all, ...own, 'sec-fetch-site': site }))).toEqual(refused);
    }
    for (const site of ['same-origin', 'none']) {
      expect(codeOf(knock('read', { ...all, 'sec-fetch-site': site }))).toBe('ann@contoso.com');
    }
  });

  it('asks notifications for a function key in either mode (P-2)', () => {
    expect(knock('notify', {})).toBe(keyHolder);
  });
});
