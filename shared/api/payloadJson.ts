import { ContextError } from '../context/contextError.ts';
import { losesDigits } from '../context/losesDigits.ts';
import { maskContext } from '../context/maskContext.ts';
import type { Masks } from '../context/masks.ts';
import { strip } from '../context/strip.ts';
import { failure, type DeliveryFailure } from '../delivery/delivery.ts';
import { failureCatalogue } from '../delivery/failureCatalogue.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { SystemJob } from '../job/systemJob.ts';
import { buildMessage, type MessageTools } from '../message/buildMessage.ts';
import type { EncodeContext } from '../message/encodeContext.ts';
import type { BuiltMessage } from '../message/outgoingMessage.ts';
import { bodyDigest, sentProperties } from '../message/sentMessage.ts';
import { maskedProperties } from './maskedProperties.ts';

export interface PayloadDependencies {
  readonly tools: MessageTools;
  readonly masks: Masks;
  /** Writes a masked context; has no hints for columns whose values are masked. */
  readonly encodeMasked: EncodeContext;
}

/** A context as it may be shown. */
interface ShownContext {
  readonly body: Uint8Array;
  readonly found: readonly string[];
  /** Whether a reader that turns numbers into doubles would show other ones. */
  readonly isExactAsText: boolean;
}

const decoder = new TextDecoder();

const shownContext = (received: Uint8Array, masks: Masks): ShownContext | DeliveryFailure => {
  try {
    const { body, found } = maskContext(received, masks);
    return { body, found, isExactAsText: losesDigits(body) };
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    // What not every reader reads alike is shown as it is, unless something in it may have to be hidden.
    return masks.isEmpty
      ? { body: received, found: [], isExactAsText: true }
      : failure('ContextUnusable', `Its values cannot be masked, so it is not shown. ${error.message}`);
  }
};

const faultOf = ({ code, detail }: DeliveryFailure) => {
  const { cause, advice } = failureCatalogue[code];
  return { fault: { code, detail, cause, advice } };
};

/** The body with masked values, made as the message's own was. */
const maskedBody = (
  { message, stripped }: BuiltMessage,
  { body, found }: ShownContext,
  { messageFormat }: ServiceEndpoint,
  encode: EncodeContext,
): Uint8Array => (found.length === 0 ? message.body : encode(strip(body, stripped).body, messageFormat));

const messageOf = (
  { message, stripped }: BuiltMessage,
  digest: string,
  shown: Uint8Array,
  endpoint: ServiceEndpoint,
  masks: Masks,
) => {
  const encoding: 'base64' | 'utf8' = endpoint.messageFormat === 'binary' ? 'base64' : 'utf8';
  return {
    messageId: message.messageId,
    contentType: message.contentType,
    format: endpoint.messageFormat,
    bytes: message.body.byteLength,
    sha256: digest,
    stripped,
    encoding,
    body: encoding === 'base64' ? Buffer.from(shown).toString('base64') : decoder.decode(shown),
    properties: maskedProperties(sentProperties(message, endpoint), masks),
  };
};

const shownMessage = (
  job: SystemJob,
  received: Uint8Array,
  endpoint: ServiceEndpoint | undefined,
  context: ShownContext,
  { tools, masks, encodeMasked }: PayloadDependencies,
) => {
  if (endpoint === undefined) {
    return faultOf(failure('EndpointNotConfigured', `No endpoint is named "${job.endpoint}".`));
  }
  const built = buildMessage(job, received, endpoint, tools);
  if (built.kind === 'failed') return faultOf(built);
  try {
    const digest = bodyDigest(built.message, { body: received, digest: job.bodyDigest });
    const shown = maskedBody(built, context, endpoint, encodeMasked);
    return messageOf(built, digest, shown, endpoint, masks);
  } catch (error) {
    if (!(error instanceof ContextError)) throw error;
    const reason = `With its values masked it cannot be shown in this format. ${error.message}`;
    return faultOf(failure('ContextUnusable', reason));
  }
};

/** The message in the answer, or why there is none. */
export type ShownMessage = ReturnType<typeof shownMessage>;

/**
 * What a job carries, as JSON text: the context as it was received and the message as it would be sent now, both with
 * masked values. The context stands there in its own text, so no number is rounded on the way; `bytes` and `sha256` are
 * those of the message as it is sent.
 */
export const payloadJson = (
  job: SystemJob,
  received: Uint8Array,
  endpoint: ServiceEndpoint | undefined,
  deps: PayloadDependencies,
): string => {
  const context = shownContext(received, deps.masks);
  if ('kind' in context) return JSON.stringify({ context: null, masked: [], message: faultOf(context) });
  const text = decoder.decode(context.body);
  const rest = JSON.stringify({
    ...(context.isExactAsText ? { contextText: text } : {}),
    masked: context.found,
    message: shownMessage(job, received, endpoint, context, deps),
  });
  return `{"context":${text},${rest.slice(1)}`;
};
