import { createHash } from 'node:crypto';
import { isRelayContract, type ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Properties, SentMessage } from '../job/evidence.ts';
import type { OutgoingMessage } from './outgoingMessage.ts';
import { listenerHeaders } from './relayRequest.ts';

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** Properties as the receiver gets them. */
export const sentProperties = (message: OutgoingMessage, { contract }: ServiceEndpoint): Properties =>
  isRelayContract(contract) ? listenerHeaders(message) : message.applicationProperties;

/** The received context, whose digest is known. */
interface Received {
  readonly body: Uint8Array;
  readonly digest: string;
}

/** SHA-256 of a message's body; one that has the very bytes that were received needs no digest of its own. */
export const bodyDigest = ({ body }: OutgoingMessage, received: Received): string =>
  body === received.body ? received.digest : sha256(body);

export const sentMessage = (
  message: OutgoingMessage,
  endpoint: ServiceEndpoint,
  identity: string,
  received: Received,
): SentMessage => ({
  messageId: message.messageId,
  sha256: bodyDigest(message, received),
  bytes: message.body.byteLength,
  contentType: message.contentType,
  identity,
  properties: sentProperties(message, endpoint),
});
