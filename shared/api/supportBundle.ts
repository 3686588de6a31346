import { maskText } from '../context/masks.ts';
import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Properties } from '../job/evidence.ts';
import { isOwnProperty } from '../message/ownProperties.ts';
import { everyText } from '../text/everyText.ts';
import { beginningOf } from '../text/withoutSecrets.ts';
import type { JobDetail } from './jobJson.ts';
import { jsonAnswer, type Answer } from './problem.ts';

/** All that support needs to know of a job. */
export interface BundleFacts {
  readonly job: JobDetail;
  /** As configured; undefined when it is gone from the endpoints file. */
  readonly endpoint: ServiceEndpoint | undefined;
  /** As `GET /api/endpoints/{name}` has it. */
  readonly endpointState: Readonly<Record<string, unknown>> | undefined;
  /** The health report, as `GET /api/health` has it. */
  readonly health: Readonly<Record<string, unknown>>;
  readonly appVersion: string;
  readonly nodeVersion: string;
  readonly settings: Readonly<Record<string, 'set' | 'not set'>>;
}

const ownProperties = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, isOwnProperty(name) ? value : maskText]),
  );

/** Properties that are columns of the record are payload. */
const withoutColumns = (job: JobDetail): JobDetail => ({
  ...job,
  attempts: job.attempts.map(({ properties, ...rest }) => ({
    ...rest,
    ...(properties === undefined ? {} : { properties: ownProperties(properties) }),
  })),
});

/** Evidence, asked actions and planned attempts stand on the job, the retry policy and the identity at the endpoint. */
const bundleOf = (facts: BundleFacts, now: Date) => {
  const { job, endpoint, endpointState, health, appVersion, nodeVersion, settings } = facts;
  return {
    producedOn: now,
    app: { version: appVersion, nodeVersion, settings },
    job: withoutColumns(job),
    failure: job.code === null ? null : { code: job.code, ...failureCatalogue[job.code] },
    endpoint: endpoint ?? null,
    endpointState: endpointState ?? null,
    health,
  };
};

/**
 * The support bundle of a job as a file to be sent on: no payload, and every text in it without secrets.
 *
 * @param redact removes secrets from a text, those of the settings too.
 */
export const supportBundle = (facts: BundleFacts, now: Date, redact: (text: string) => string): Answer => {
  const plain: unknown = JSON.parse(JSON.stringify(bundleOf(facts, now)));
  return jsonAnswer(
    200,
    everyText(plain, (text) => beginningOf(text, redact)),
    {
      'content-disposition': `attachment; filename="support-${facts.job.id}.json"`,
    },
  );
};
