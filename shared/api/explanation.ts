import { createHash } from 'node:crypto';
import type { DeliveryFailure } from '../delivery/delivery.ts';
import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import { filteredOutBecause } from '../endpoint/filter.ts';
import { isRelayContract, type ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { newJob } from '../job/newJob.ts';
import { nextAttemptOn, plannedAttempts } from '../job/retryPolicy.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { buildMessage, type MessageTools } from '../message/buildMessage.ts';
import type { BuiltMessage } from '../message/outgoingMessage.ts';
import { relayRequest } from '../message/relayRequest.ts';
import { maxContextBytes } from '../message/sizes.ts';
import type { Notification } from '../notification/notification.ts';

const decoder = new TextDecoder();

/** Binary bodies are shown in base 64, the others as text. */
const shownBody = (body: Uint8Array, { messageFormat }: ServiceEndpoint) =>
  messageFormat === 'binary'
    ? { encoding: 'base64', text: Buffer.from(body).toString('base64') }
    : { encoding: 'utf-8', text: decoder.decode(body) };

const messageOf = ({ message, stripped }: BuiltMessage, endpoint: ServiceEndpoint) => {
  const { body, ...rest } = message;
  return {
    ...rest,
    stripped,
    bodyBytes: body.byteLength,
    bodySha256: createHash('sha256').update(body).digest('hex'),
    body: shownBody(body, endpoint),
  };
};

/** What a relay endpoint's message becomes: the properties that have a header, and the body in its envelope. */
const requestOf = ({ message }: BuiltMessage, endpoint: ServiceEndpoint) => {
  if (!isRelayContract(endpoint.contract)) return {};
  const { url, headers, body } = relayRequest(message, { endpoint, address: `/${endpoint.path}` });
  return { request: { method: 'POST', path: url, headers, bodyBytes: body.byteLength } };
};

const failureOf = ({ code, detail }: DeliveryFailure) => ({ code, detail, ...failureCatalogue[code] });

/** When attempts would be made if each one failed, the first one now. */
const attemptsOf = ({ retry }: ServiceEndpoint, { id }: SystemJob, now: Date): Date[] => {
  const second = nextAttemptOn(retry, id, { startedOn: now, attempts: 1 }, now);
  if (second === undefined) return [now];
  return [now, ...plannedAttempts(retry, id, { startedOn: now, attempts: 1 }, second)];
};

export interface ExplanationDependencies {
  readonly tools: MessageTools;
  /** How the app would sign in at the broker; no secret. */
  readonly identity: string;
  readonly now: Date;
}

/**
 * What would become of a notification at an endpoint, without storing or sending anything.
 *
 */
export const explanation = (
  notification: Notification,
  endpoint: ServiceEndpoint,
  { tools, identity, now }: ExplanationDependencies,
): Readonly<Record<string, unknown>> => {
  const { name, contract, path, messageFormat } = endpoint;
  const about = { endpoint: name, contract, path, messageFormat, identity };
  const reason = filteredOutBecause(endpoint.filter, notification);
  if (reason !== undefined) return { ...about, filteredOut: reason };
  const job = newJob({ ...notification, endpoint: name }, now);
  const result = buildMessage(job, notification.body, endpoint, tools);
  return {
    ...about,
    filteredOut: null,
    jobId: job.id,
    received: { bytes: notification.body.byteLength, sha256: notification.bodyDigest },
    maxContextBytes,
    ...(result.kind === 'failed'
      ? { message: null, failure: failureOf(result) }
      : { message: messageOf(result, endpoint), failure: null, ...requestOf(result, endpoint) }),
    plannedAttempts: attemptsOf(endpoint, job, now),
  };
};
