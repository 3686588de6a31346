import type { UserClaim } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';
import type { PropertyValue } from './outgoingMessage.ts';

/** Prefix of the properties that Dataverse puts on a message (Microsoft Learn, "Write a listener application"). */
const claims = 'http://schemas.microsoft.com/xrm/2011/Claims/';

export const claimName = (name: string): string => `${claims}${name}`;

/** Names of the claims, under which they stand a second time with `aliases`. */
export const claimNames = [
  'Organization',
  'User',
  'InitiatingUser',
  'UserAzureActiveDirectoryObjectId',
  'InitiatingUserAzureActiveDirectoryObjectId',
  'EntityLogicalName',
  'RequestName',
  'InitiatingUserAgent',
] as const;

type ClaimName = (typeof claimNames)[number];

type Claims = Readonly<Partial<Record<ClaimName, string | undefined>>>;

/** Listeners expect the organization as a URI that contains the host name. */
const organizationUri = (organization: string): string =>
  organization.includes('://') ? organization : `https://${organization}/`;

const userIds = (job: SystemJob) => ({ User: job.userId, InitiatingUser: job.initiatingUserId });

const userClaims: Readonly<Record<UserClaim, (job: SystemJob) => Claims>> = {
  none: () => ({}),
  userId: userIds,
  userInfo: (job) => ({
    ...userIds(job),
    UserAzureActiveDirectoryObjectId: job.userObjectId,
    InitiatingUserAzureActiveDirectoryObjectId: job.initiatingUserObjectId,
  }),
};

const named = (job: SystemJob, claim: UserClaim): Claims => ({
  Organization: job.organization === undefined ? undefined : organizationUri(job.organization),
  ...userClaims[claim](job),
  EntityLogicalName: job.primaryEntityName,
  RequestName: job.messageName,
  InitiatingUserAgent: job.initiatingUserAgent,
});

/**
 * What Dataverse says of an operation beside the body. Absent facts have no property.
 *
 * @param aliases whether each stands a second time under its short name.
 */
export const claimProperties = (
  job: SystemJob,
  claim: UserClaim,
  aliases: boolean,
): Record<string, PropertyValue> => {
  const properties: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(named(job, claim))) {
    if (value === undefined) continue;
    properties[claimName(name)] = value;
    if (aliases) properties[name] = value;
  }
  return properties;
};
