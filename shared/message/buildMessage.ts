import { createHash } from 'node:crypto';
import { ContextError } from '../context/contextError.ts';
import { failure, type DeliveryFailure } from '../delivery/delivery.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { claimProperties } from './claims.ts';
import { contentTypes, type EncodeContext } from './encodeContext.ts';
import type { Claim, ClaimStore } from './claimStore.ts';
import { keyOf } from './keys.ts';
import type { BuiltMessage, OutgoingMessage, PropertyValue } from './outgoingMessage.ts';
import { promotedColumns } from './promotedColumns.ts';
import { fitContext, type FittedContext } from './fitContext.ts';
import { tooLargeFor } from './sizes.ts';
import { traceProperties } from './traceContext.ts';

const propertiesOf = (
  job: SystemJob,
  received: Uint8Array,
  { userClaim, aliases, columns }: ServiceEndpoint,
  isCut: boolean,
): Record<string, PropertyValue> => ({
  ...promotedColumns(columns, received),
  ...claimProperties(job, userClaim, aliases),
  ...traceProperties(job),
  // Stands without the claims' prefix; consumers look for the key only.
  ...(isCut ? { MessageMaxSizeExceeded: true } : {}),
});

const brokerOptions = (job: SystemJob, endpoint: ServiceEndpoint): Partial<OutgoingMessage> => {
  const { contract, session, partitionKey, timeToLiveSeconds, delaySeconds } = endpoint;
  return {
    ...(session === undefined ? {} : { sessionId: keyOf(session, job) }),
    ...(contract === 'eventHub' ? { partitionKey: keyOf(partitionKey ?? 'record', job) } : {}),
    ...(timeToLiveSeconds === undefined ? {} : { timeToLiveMs: timeToLiveSeconds * 1000 }),
    ...(delaySeconds === undefined ? {} : { delayMs: delaySeconds * 1000 }),
  };
};

const contextOf = (
  received: Uint8Array,
  { oversize, messageFormat }: ServiceEndpoint,
  encode: EncodeContext,
): FittedContext | DeliveryFailure => {
  try {
    const fitted = fitContext(received, oversize, (context) => encode(context, messageFormat));
    return fitted.kind === 'fitted' ? fitted : failure('ContextTooLarge', fitted.reason);
  } catch (error) {
    if (error instanceof ContextError) return failure('ContextUnusable', error.message);
    throw error;
  }
};

/** What building needs of the app. */
export interface MessageTools {
  readonly encode: EncodeContext;
  /** By what a message names a context that is stored under a name. */
  readonly referenceOf: ClaimStore['referenceOf'];
}

const claimOf = ({ id }: SystemJob, { whole }: FittedContext, contentType: string): Claim | undefined =>
  whole === undefined ? undefined : { name: id, body: whole, contentType };

/** By these a listener finds the whole context, and can tell that it is the right one. */
const claimCheckProperties = ({ name, body }: Claim, referenceOf: ClaimStore['referenceOf']) => ({
  ClaimCheckReference: referenceOf(name),
  ClaimCheckSha256: createHash('sha256').update(body).digest('hex'),
  ClaimCheckBytes: body.byteLength,
});

/**
 * The message of a job.
 *
 * @param received the context as it was posted.
 * @returns why there can be none, when the context does not fit the format or the bounds.
 */
export const buildMessage = (
  job: SystemJob,
  received: Uint8Array,
  endpoint: ServiceEndpoint,
  { encode, referenceOf }: MessageTools,
): BuiltMessage | DeliveryFailure => {
  const fitted = contextOf(received, endpoint, encode);
  if (fitted.kind === 'failed') return fitted;
  const { contract, tier, messageFormat } = endpoint;
  const isCut = job.sizeExceeded || fitted.stripped.length > 0;
  const claim = claimOf(job, fitted, contentTypes[messageFormat]);
  const message: OutgoingMessage = {
    messageId: job.id,
    correlationId: job.correlationId,
    contentType: contentTypes[messageFormat],
    body: fitted.body,
    applicationProperties: {
      ...propertiesOf(job, received, endpoint, isCut),
      ...(claim === undefined ? {} : claimCheckProperties(claim, referenceOf)),
    },
    ...brokerOptions(job, endpoint),
  };
  const tooLarge = tooLargeFor(contract, tier, message);
  return tooLarge === undefined
    ? { kind: 'built', message, stripped: fitted.stripped, ...(claim === undefined ? {} : { claim }) }
    : failure('MessageTooLarge', tooLarge);
};
