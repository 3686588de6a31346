import { Ajv } from 'ajv';
import { plainText } from '../../text/plainText.ts';
import type { Caller, Role } from './caller.ts';

/** Header in which App Service tells who signed in; it takes away what callers send under this name. */
export const principalHeader = 'x-ms-client-principal';

/** Longest header that is read, in characters; App Service itself sends no more than its own limit of 64 KB in all. */
const longestHeader = 32 * 1024;

/**
 * The header's JSON, in base 64 (Microsoft Learn, "Work with user identities in Azure App Service authentication").
 * Unknown members are left alone.
 */
interface Principal {
  readonly auth_typ: string;
  readonly name_typ?: string | null;
  readonly role_typ?: string | null;
  readonly claims: readonly { readonly typ: string; readonly val: string }[];
}

const nullableText = { type: ['string', 'null'] } as const;

const isPrincipal = new Ajv({ strict: true, allowUnionTypes: true }).compile<Principal>({
  type: 'object',
  required: ['auth_typ', 'claims'],
  properties: {
    auth_typ: { const: 'aad' },
    name_typ: nullableText,
    role_typ: nullableText,
    claims: {
      type: 'array',
      items: {
        type: 'object',
        required: ['typ', 'val'],
        properties: { typ: { type: 'string' }, val: { type: 'string' } },
      },
    },
  },
});

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const parse = (header: string): unknown => {
  if (header.length > longestHeader || !base64.test(header)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(header, 'base64'));
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** App roles of the registration in Entra ID, and what each lets its bearer do. */
export const appRoles: Readonly<Record<string, readonly Role[]>> = {
  'Bridge.Read': ['read'],
  'Bridge.Act': ['read', 'act'],
  'Bridge.Payload': ['read', 'payload'],
};

/** Claims that may name the caller, best first; a display name comes late, because a person may choose it. */
const nameClaims = (own: string | null | undefined) => [
  'preferred_username',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
  'upn',
  own,
  'name',
  'http://schemas.microsoft.com/identity/claims/objectidentifier',
  'oid',
  'appid',
  'azp',
];

const longestName = 200;

const nameOf = ({ name_typ, claims }: Principal): string | undefined => {
  for (const type of nameClaims(name_typ)) {
    const value = claims.find(({ typ, val }) => typ === type && val.trim() !== '')?.val;
    if (value !== undefined) return plainText(value.trim(), longestName);
  }
  return undefined;
};

const rolesOf = ({ role_typ, claims }: Principal): Role[] => {
  const given = claims
    .filter(({ typ }) => typ === 'roles' || typ === role_typ)
    .flatMap(({ val }) => (Object.hasOwn(appRoles, val) ? (appRoles[val] ?? []) : []));
  return [...new Set(given)];
};

/**
 * Who App Service says is calling. Only Entra ID counts (`auth_typ` `aad`): another provider's claims may say anything.
 *
 * @returns undefined for a header that is missing, cannot be read, or names nobody.
 */
export const readPrincipal = (header: string | null): Caller | undefined => {
  const value = parse(header ?? '');
  if (!isPrincipal(value)) return undefined;
  const name = nameOf(value);
  return name === undefined ? undefined : { name, roles: rolesOf(value) };
};
