import type { Clock } from '../clock/clock.ts';
import { allows, type Right } from '../../sas/accessKey.ts';
import type { Grant } from './authorize.ts';

/** What the tokens presented on one connection allow. */
export interface Grants {
  add(grant: Grant): void;
  /** Whether a valid token gives `right` on `path` (lower case). */
  allow(path: string, right: Right): boolean;
  /** Whether a valid token was presented for `path` at all. */
  any(path: string): boolean;
  forget(): void;
}

/** `onExpired` is called when a token has run out that was not renewed in time. */
export const createGrants = (clock: Clock, onExpired: () => void): Grants => {
  const grants = new Map<string, Grant>();
  const timers = new Map<string, () => void>();
  const find = (path: string, isEnough: (grant: Grant) => boolean): boolean => {
    for (const grant of grants.values()) {
      const covers = grant.path === '' || path === grant.path || path.startsWith(`${grant.path}/`);
      if (covers && grant.expiresAtMs > clock.now() && isEnough(grant)) return true;
    }
    return false;
  };
  return {
    add: (grant) => {
      grants.set(grant.path, grant);
      timers.get(grant.path)?.();
      timers.set(grant.path, clock.at(grant.expiresAtMs, onExpired));
    },
    allow: (path, right) => find(path, ({ rights }) => allows(rights, right)),
    any: (path) => find(path, () => true),
    forget: () => {
      for (const callOff of timers.values()) callOff();
    },
  };
};
