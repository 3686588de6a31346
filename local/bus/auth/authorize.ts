import { pathOf, queueOfPath } from '../broker/address.ts';
import type { Broker } from '../broker/broker.ts';
import { entityNotFound, type Refusal } from '../broker/refusal.ts';
import type { AccessKey, Right } from './accessKey.ts';
import { isSignedWith, parseSasToken, type SasToken } from './sasToken.ts';

/** What a verified token allows. */
export interface Grant {
  /** The URI the token was presented for, as a lower-case path: it and everything below it is open. */
  readonly path: string;
  readonly rights: readonly Right[];
  readonly expiresAtMs: number;
}

/** How `$cbs` answers a token it does not take. */
interface TokenRefusal extends Refusal {
  readonly status: 401 | 404;
}

export interface Authorizer {
  /** `audience` is the URI the client wants to use. */
  authorize(audience: string, token: string, type: string): Grant | TokenRefusal;
}

export interface AuthorizerOptions {
  readonly broker: Pick<Broker, 'keysFor'>;
  /** Keys of the namespace. */
  readonly keys: readonly AccessKey[];
  /** Time by which tokens expire. */
  readonly nowMs: () => number;
}

const unauthorized = (text: string): TokenRefusal => ({
  status: 401,
  condition: 'com.microsoft:auth-failed',
  description: text,
});

const covers = (resource: string, path: string): boolean =>
  resource === '' || path === resource || path.startsWith(`${resource}/`);

const pathToOpen = (uri: string): string =>
  pathOf(uri)
    .toLowerCase()
    .replace(/\/\$management$/, '');

/** The URI in a token may lack its scheme. */
const resourceOf = (token: SasToken): string => {
  const uri = decodeURIComponent(token.encodedResource);
  return pathToOpen(uri.includes('://') ? uri : `sb://${uri}`);
};

const findKey = (keys: readonly AccessKey[], token: SasToken): AccessKey | undefined =>
  keys.find(
    (key) =>
      key.name === token.keyName &&
      [key.primaryKey, key.secondaryKey].some(
        (secret) => secret !== undefined && isSignedWith(token, secret),
      ),
  );

/**
 * Checks tokens in the order of the service: first whether the caller is who he says, then whether the entity is
 * there, so that nobody can find out names without a key.
 */
export const createAuthorizer = ({ broker, keys, nowMs }: AuthorizerOptions): Authorizer => ({
  authorize: (audience, text, type) => {
    if (type !== 'servicebus.windows.net:sastoken') {
      return unauthorized(`Tokens of type '${type}' are not supported here: use a shared access key.`);
    }
    const token = parseSasToken(text);
    if (token === undefined) return unauthorized('MalformedToken: The token is no shared access signature.');
    const path = pathToOpen(audience);
    const ownKeys = broker.keysFor(queueOfPath(path));
    const key = findKey([...(ownKeys ?? []), ...keys], token);
    if (key === undefined) return unauthorized('InvalidSignature: The token has an invalid signature.');
    if (!covers(resourceOf(token), path)) {
      return unauthorized(`InvalidAudience: The token was not made for '${audience}'.`);
    }
    const expiresAtMs = token.expirySeconds * 1000;
    if (expiresAtMs <= nowMs()) {
      const since = new Date(expiresAtMs).toISOString();
      return unauthorized(`ExpiredToken: The token is expired. Expiration time: '${since}'.`);
    }
    if (path !== '' && ownKeys === undefined) return { status: 404, ...entityNotFound(audience) };
    return { path, rights: key.rights, expiresAtMs };
  },
});
