/** What a caller may do. `act` and `payload` each include `read`, and not one another. */
export const roles = ['read', 'act', 'payload'] as const;

export type Role = (typeof roles)[number];

/** What a function asks of its callers: a role, or `notify`: a function key, whatever BRIDGE_AUTH says. */
export type Needed = Role | 'notify';

/** Who calls, and what it may do. */
export interface Caller {
  /** As it stands in what is recorded: the principal's name, or that of whoever has a key. */
  readonly name: string;
  readonly roles: readonly Role[];
}

/**
 * The holder of a function key, as far as the app can tell. The host has checked it, and that the key opens this
 * function; so it may do whatever the function does.
 */
export const keyHolder: Caller = { name: 'the holder of a function key', roles };

/**
 * How people come in (setting BRIDGE_AUTH): with function keys, which the host checks, or signed in with Entra ID by
 * the App Service authentication that stands before the app.
 */
export type AuthMode = 'keys' | 'entra';

export const authModes: readonly AuthMode[] = ['keys', 'entra'];
