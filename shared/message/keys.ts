import type { KeySource } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';

const noRecord = '00000000-0000-0000-0000-000000000000';

const sources: Readonly<Record<KeySource, (job: SystemJob) => string | undefined>> = {
  record: (job) => (job.primaryEntityId === noRecord ? undefined : job.primaryEntityId),
  table: (job) => job.primaryEntityName,
  organization: (job) => job.organization,
  correlation: (job) => job.correlationId,
  user: (job) => job.userId,
};

/** Session ids and partition keys have at most 128 characters (Service Bus documentation, "Quotas"). */
const longestKey = 128;

/**
 * The session id or partition key of a job's message. Where the source says nothing (a message without a record), the
 * job's id stands in, so that such messages spread and a queue that demands sessions takes them.
 */
export const keyOf = (source: KeySource, job: SystemJob): string =>
  (sources[source](job) ?? job.id).slice(0, longestKey);
