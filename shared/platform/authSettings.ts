import { authModes, type AuthMode } from '../api/access/caller.ts';
import type { Environment } from './environment.ts';

const setting = 'BRIDGE_AUTH';

/** What App Service tells its apps when its authentication is on; only then does it guard the principal's header. */
const platformSetting = 'WEBSITE_AUTH_ENABLED';

const wanted = (environment: Environment): string => environment[setting] || 'keys';

const isGuarded = (environment: Environment): boolean =>
  environment[platformSetting]?.toLowerCase() === 'true';

/** What is wrong with the setting; undefined when nothing is. */
export const authFaultOf = (environment: Environment): string | undefined => {
  const mode = wanted(environment);
  if (!(authModes as readonly string[]).includes(mode)) {
    return `${setting} is "${mode}"; it must be one of ${authModes.join(', ')}.`;
  }
  return mode === 'entra' && !isGuarded(environment)
    ? `${setting} is entra, but App Service does not say that its authentication is on (${platformSetting}); without it anybody could pretend to be anybody.`
    : undefined;
};

/**
 * How people come in. A mode that cannot be relied on counts as `keys`, so that the host asks for one before it lets
 * anybody read what is wrong.
 */
export const authModeOf = (environment: Environment): AuthMode =>
  authFaultOf(environment) === undefined && wanted(environment) === 'entra' ? 'entra' : 'keys';
