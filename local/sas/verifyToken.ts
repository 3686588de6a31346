import type { AccessKey } from './accessKey.ts';
import { isSignedWith, parseSasToken, type SasToken } from './sasToken.ts';

/** What is known about a token after all checks. */
export type TokenVerdict =
  | { readonly kind: 'valid'; readonly key: AccessKey; readonly expiresAtMs: number }
  | {
      readonly kind: 'malformed' | 'invalidSignature' | 'invalidAudience' | 'expired';
      readonly description: string;
    };

export interface TokenCheck {
  /** What the caller wants to open, for the text of a refusal. */
  readonly audience: string;
  /** Path of a URI, comparable: of one case and without slashes at its ends. */
  readonly pathOf: (uri: string) => string;
  /** Keys that open the audience. */
  readonly keys: readonly AccessKey[];
  /** Time by which tokens expire. */
  readonly nowMs: number;
}

const findKey = (keys: readonly AccessKey[], token: SasToken): AccessKey | undefined =>
  keys.find(
    (key) =>
      key.name === token.keyName &&
      [key.primaryKey, key.secondaryKey].some(
        (secret) => secret !== undefined && isSignedWith(token, secret),
      ),
  );

/** A token for a path opens everything below it; one for the namespace opens all. */
const covers = (resource: string, path: string): boolean =>
  resource === '' || path === resource || path.startsWith(`${resource}/`);

/** The URI in a token may lack its scheme. */
const withScheme = (uri: string): string => (uri.includes('://') ? uri : `sb://${uri}`);

/**
 * Checks a shared access signature token: form, signature, audience, expiry, in this order. Rights are the caller's
 * business. The host in the token is not compared: here a namespace has no name.
 */
export const verifyToken = (text: string, { audience, pathOf, keys, nowMs }: TokenCheck): TokenVerdict => {
  const token = parseSasToken(text);
  if (token === undefined) {
    return {
      kind: 'malformed',
      description: 'MalformedToken: The token is no shared access signature.',
    };
  }
  const key = findKey(keys, token);
  if (key === undefined) {
    return {
      kind: 'invalidSignature',
      description: 'InvalidSignature: The token has an invalid signature.',
    };
  }
  if (!covers(pathOf(withScheme(token.resource)), pathOf(audience))) {
    return {
      kind: 'invalidAudience',
      description: `InvalidAudience: The token was not made for '${audience}'.`,
    };
  }
  const expiresAtMs = token.expirySeconds * 1000;
  if (expiresAtMs > nowMs) return { kind: 'valid', key, expiresAtMs };
  const since = new Date(expiresAtMs).toISOString();
  return { kind: 'expired', description: `ExpiredToken: The token is expired. Expiration time: '${since}'.` };
};
