import { problem, type Answer } from '../problem.ts';
import { appRoles, principalHeader, readPrincipal } from './readPrincipal.ts';
import { keyHolder, type AuthMode, type Caller, type Needed, type Role } from './caller.ts';

/** What admission looks at. */
export interface Knock {
  readonly method: string;
  readonly header: (name: string) => string | null;
}

/** A header that a page of another site cannot send without being asked first (CORS), whatever cookies go along. */
export const ownHeader = 'x-requested-with';

/** Values of Sec-Fetch-Site that a browser sends for the app's own pages, and for addresses that a person types. */
const ownSites: readonly (string | null)[] = [null, 'same-origin', 'none'];

/**
 * Cookies come along whoever made the browser ask. So nothing another site asks for is done, and what leaves a trace
 * (acting, and looking at a payload) needs a header that other sites cannot send.
 */
const crossSite = ({ method, header }: Knock, role: Role): Answer | undefined => {
  if (!ownSites.includes(header('sec-fetch-site'))) {
    return problem('CrossSite', 'It comes from a page of another site.');
  }
  const leavesTrace = method !== 'GET' || role === 'payload';
  return leavesTrace && (header(ownHeader) ?? '') === ''
    ? problem('CrossSite', `Send the header ${ownHeader}, with any value.`)
    : undefined;
};

const appRoleFor = (role: Role): string =>
  Object.entries(appRoles)
    .filter(([, given]) => given.includes(role))
    .map(([name]) => name)
    .join(', ');

const signedIn = (knock: Knock, role: Role): Caller | Answer => {
  const refused = crossSite(knock, role);
  if (refused !== undefined) return refused;
  const caller = readPrincipal(knock.header(principalHeader));
  if (caller === undefined) return problem('SignInNeeded');
  if (caller.roles.includes(role)) return caller;
  return problem(
    'RoleMissing',
    `It takes the role ${role}, which these app roles give: ${appRoleFor(role)}.`,
  );
};

/** Who is let in, or the answer to who is not. With keys the host has checked already. */
export const admission = (mode: AuthMode, knock: Knock, needed: Needed): Caller | Answer =>
  mode === 'keys' || needed === 'notify' ? keyHolder : signedIn(knock, needed);
