import { failure, type Delivery, type DeliveryFailure, type Publisher } from '../delivery/delivery.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { buildMessage } from '../message/buildMessage.ts';
import type { Claim, ClaimStore } from '../message/claimStore.ts';
import type { EncodeContext } from '../message/encodeContext.ts';
import type { BuiltMessage } from '../message/outgoingMessage.ts';
import { sentMessage } from '../message/sentMessage.ts';
import type { SentMessage } from './evidence.ts';
import type { StoredJobWithBody } from './systemJob.ts';

/** What building and sending a message needs. */
export interface DeliverDependencies {
  readonly encode: EncodeContext;
  readonly claims: ClaimStore;
  readonly publisherFor: (endpoint: ServiceEndpoint) => Publisher;
  /** How the app signs in for an endpoint; no secret. */
  readonly identityOf: (endpoint: ServiceEndpoint) => string;
}

/** A message never names what is not there: the context is stored first. */
const storeClaim = async (
  { claims }: DeliverDependencies,
  claim: Claim | undefined,
): Promise<DeliveryFailure | undefined> => {
  if (claim === undefined) return undefined;
  try {
    await claims.put(claim.name, claim.body, claim.contentType);
    return undefined;
  } catch (error) {
    return failure('ClaimNotStored', error instanceof Error ? error.message : String(error));
  }
};

/** How an attempt ended, and the message that it had. */
interface Posted {
  readonly delivery: Delivery;
  readonly sent?: SentMessage;
}

const faultOf = (error: unknown): DeliveryFailure =>
  failure('Unknown', error instanceof Error ? (error.stack ?? error.message) : String(error));

/**
 * Builds the message of a job, stores what it claims, and publishes it. A bug in building or sending is recorded like any
 * other failure, so that the job stands on the page with it.
 */
export const deliver = async (
  deps: DeliverDependencies,
  { job, body }: StoredJobWithBody,
  endpoint: ServiceEndpoint | undefined,
): Promise<Posted> => {
  if (endpoint === undefined) {
    return { delivery: failure('EndpointNotConfigured', `No endpoint is named "${job.endpoint}".`) };
  }
  try {
    const { encode, claims, identityOf } = deps;
    const built = buildMessage(job, body, endpoint, { encode, referenceOf: claims.referenceOf });
    if (built.kind === 'failed') return { delivery: built };
    const unstored = await storeClaim(deps, built.claim);
    if (unstored !== undefined) return { delivery: unstored };
    const received = { body, digest: job.bodyDigest };
    const sent = sentMessage(built.message, endpoint, identityOf(endpoint), received);
    return { delivery: await publish(deps, endpoint, built), sent };
  } catch (error) {
    return { delivery: faultOf(error) };
  }
};

const publish = async (
  { publisherFor }: DeliverDependencies,
  endpoint: ServiceEndpoint,
  { message, stripped }: BuiltMessage,
): Promise<Delivery> => {
  try {
    const delivery = await publisherFor(endpoint).publish(message);
    return stripped.length > 0 ? { ...delivery, stripped } : delivery;
  } catch (error) {
    return faultOf(error);
  }
};
