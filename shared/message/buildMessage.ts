import { failure, type DeliveryFailure } from '../delivery/delivery.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { claimProperties } from './claims.ts';
import { contentTypes, encodeContext } from './encodeContext.ts';
import { keyOf } from './keys.ts';
import type { BuiltMessage, OutgoingMessage, PropertyValue } from './outgoingMessage.ts';
import { promotedColumns } from './promotedColumns.ts';
import { fitContext, isUnfit } from './fitContext.ts';
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

/**
 * The message of a job.
 *
 * @param received the context as it was posted.
 * @returns why there can be none, when the context does not fit the format or the bounds.
 * @throws ContextError when the context cannot be written in the endpoint's format.
 */
export const buildMessage = (
  job: SystemJob,
  received: Uint8Array,
  endpoint: ServiceEndpoint,
): BuiltMessage | DeliveryFailure => {
  const { messageFormat, oversize, contract, tier } = endpoint;
  const fitted = fitContext(received, oversize, (context) => encodeContext(context, messageFormat));
  if (isUnfit(fitted)) return failure('ContextTooLarge', fitted.reason);
  const isCut = job.sizeExceeded || fitted.stripped.length > 0;
  const message: OutgoingMessage = {
    messageId: job.id,
    correlationId: job.correlationId,
    contentType: contentTypes[messageFormat],
    body: fitted.body,
    applicationProperties: propertiesOf(job, received, endpoint, isCut),
    ...brokerOptions(job, endpoint),
  };
  const tooLarge = tooLargeFor(contract, tier, message);
  return tooLarge === undefined
    ? { message, stripped: fitted.stripped }
    : failure('MessageTooLarge', tooLarge);
};
