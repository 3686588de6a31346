import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { applicationProperties } from './claims.ts';
import type { OutgoingMessage } from './outgoingMessage.ts';

/** The message of a job in format `json`: the received bytes, untouched. */
export const buildMessage = (
  job: SystemJob,
  body: Uint8Array,
  endpoint: ServiceEndpoint,
): OutgoingMessage => ({
  messageId: job.id,
  correlationId: job.correlationId,
  contentType: 'application/json',
  body,
  applicationProperties: applicationProperties(job, endpoint.userClaim),
});
