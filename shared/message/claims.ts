import type { UserClaim } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';

/** Prefix of the properties that Dataverse puts on a message (Microsoft Learn, "Write a listener application"). */
const claims = 'http://schemas.microsoft.com/xrm/2011/Claims/';

/** Listeners expect the organization as a URI that contains the host name. */
const organizationUri = (organization: string): string =>
  organization.includes('://') ? organization : `https://${organization}/`;

const userClaims = (job: SystemJob, claim: UserClaim): Record<string, string | undefined> =>
  claim === 'none' ? {} : { User: job.userId, InitiatingUser: job.initiatingUserId };

const named = (job: SystemJob, claim: UserClaim): Record<string, string | undefined> => ({
  Organization: job.organization === undefined ? undefined : organizationUri(job.organization),
  ...userClaims(job, claim),
  EntityLogicalName: job.primaryEntityName,
  RequestName: job.messageName,
  InitiatingUserAgent: job.initiatingUserAgent,
});

/**
 * The application properties of a job's message. Absent facts have no property. `MessageMaxSizeExceeded` stands
 * without the prefix; consumers look for the key only.
 */
export const applicationProperties = (job: SystemJob, claim: UserClaim): Record<string, string | boolean> => {
  const properties: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(named(job, claim))) {
    if (value !== undefined) properties[`${claims}${name}`] = value;
  }
  if (job.sizeExceeded) properties['MessageMaxSizeExceeded'] = true;
  return properties;
};
