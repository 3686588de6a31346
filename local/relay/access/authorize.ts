import { allows, type AccessKey, type Right } from '../../sas/accessKey.ts';
import { verifyToken } from '../../sas/verifyToken.ts';
import type { Refusal } from './refusal.ts';

export interface AccessRequest {
  readonly token: string | undefined;
  readonly right: Exclude<Right, 'Manage'>;
  /** Path that shall be opened. */
  readonly path: string;
  /** Keys of the relay alone. */
  readonly relayKeys: readonly AccessKey[];
}

export type Access = { readonly kind: 'granted'; readonly expiresAtMs: number } | RefusedAccess;

export type RefusedAccess = Refusal & { readonly kind: 'refused' };

export type Authorize = (request: AccessRequest) => Access;

/** Path of a URI, of one case and without slashes at its ends. */
const comparablePathOf = (uri: string): string =>
  uri
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();

const refused = (status: 401 | 403, description: string): RefusedAccess => ({
  kind: 'refused',
  status,
  description,
});

/**
 * 401: no token, or none that counts. 403: a good one, but not for this path or not for this action (tables of status
 * codes in "Protocol reference").
 */
export const createAuthorize =
  (keys: readonly AccessKey[], nowMs: () => number): Authorize =>
  ({ token, right, path, relayKeys }) => {
    if (token === undefined || token === '') {
      return refused(401, 'MissingToken: Relay security token is required.');
    }
    const verdict = verifyToken(token, {
      audience: path,
      pathOf: comparablePathOf,
      keys: [...relayKeys, ...keys],
      nowMs: nowMs(),
    });
    if (verdict.kind === 'invalidAudience') return refused(403, verdict.description);
    if (verdict.kind !== 'valid') return refused(401, verdict.description);
    if (!allows(verdict.key.rights, right)) {
      return refused(403, `Unauthorized access. '${right}' claim(s) are required to perform this operation.`);
    }
    return { kind: 'granted', expiresAtMs: verdict.expiresAtMs };
  };
