import { pathOf, queueOfPath } from '../broker/address.ts';
import type { Broker } from '../broker/broker.ts';
import { entityNotFound, type Refusal } from '../broker/refusal.ts';
import type { AccessKey, Right } from '../../sas/accessKey.ts';
import { verifyToken } from '../../sas/verifyToken.ts';

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

const pathToOpen = (uri: string): string =>
  pathOf(uri)
    .toLowerCase()
    .replace(/\/\$management$/, '');

/**
 * Checks tokens in the order of the service: first whether the caller is who he says, then whether the entity is
 * there, so that nobody can find out names without a key.
 */
export const createAuthorizer = ({ broker, keys, nowMs }: AuthorizerOptions): Authorizer => ({
  authorize: (audience, text, type) => {
    if (type !== 'servicebus.windows.net:sastoken') {
      return unauthorized(`Tokens of type '${type}' are not supported here: use a shared access key.`);
    }
    const path = pathToOpen(audience);
    const ownKeys = broker.keysFor(queueOfPath(path));
    const verdict = verifyToken(text, {
      audience,
      pathOf: pathToOpen,
      keys: [...(ownKeys ?? []), ...keys],
      nowMs: nowMs(),
    });
    if (verdict.kind !== 'valid') return unauthorized(verdict.description);
    if (path !== '' && ownKeys === undefined) return { status: 404, ...entityNotFound(audience) };
    return { path, rights: verdict.key.rights, expiresAtMs: verdict.expiresAtMs };
  },
});
