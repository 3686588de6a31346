import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import { wellFormed } from '../text/wellFormed.ts';
import { claimName } from './claims.ts';
import type { OutgoingMessage } from './outgoingMessage.ts';
import { soapAction, soapEnvelope } from './soap.ts';

/** An HTTP POST to a relay, without its token header. */
export interface RelayRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface RelayTarget {
  readonly endpoint: Pick<ServiceEndpoint, 'contract' | 'listener'>;
  /** Address of the relay, without a slash at the end. */
  readonly address: string;
  /** To stand in the envelope, too; only one that opens nothing but this relay. */
  readonly token?: string;
}

/** Properties that have a header of that meaning in Dataverse's own webhook calls (Microsoft Learn, "Use webhooks"). */
const headerOf: ReadonlyMap<string, string> = new Map([
  [claimName('Organization'), 'x-ms-dynamics-organization'],
  [claimName('EntityLogicalName'), 'x-ms-dynamics-entity-name'],
  [claimName('RequestName'), 'x-ms-dynamics-request-name'],
  ['MessageMaxSizeExceeded', 'x-ms-dynamics-msg-size-exceeded'],
  ['traceparent', 'traceparent'],
]);

const correlationHeader = 'x-ms-correlation-request-id';

/** Names of the headers that stand for properties. */
export const fixedHeaders: readonly string[] = [correlationHeader, ...headerOf.values()];

const isOrganization = (name: string): boolean => name === claimName('Organization');

/** Dataverse's header has the domain name alone, where the claim has an address. */
const bareHost = (value: string | number | boolean): string =>
  String(value).replace(/^https:\/\/([^/]+)\/$/, '$1');

/** A header carries printable ASCII only. */
const asHeader = (value: string | number | boolean): string =>
  wellFormed(String(value)).replace(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character));

/** Headers that stand for a message's correlation id and properties. */
export const listenerHeaders = ({
  correlationId,
  applicationProperties,
}: OutgoingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  if (correlationId !== undefined) headers[correlationHeader] = correlationId;
  for (const [name, value] of Object.entries(applicationProperties)) {
    const header = headerOf.get(name);
    if (header !== undefined) headers[header] = asHeader(isOrganization(name) ? bareHost(value) : value);
  }
  return headers;
};

/** The message's id goes along: a relay detects no duplicates, the listener may. */
const headersOf = (message: OutgoingMessage): Record<string, string> => ({
  'content-type': message.contentType,
  'message-id': message.messageId,
  ...listenerHeaders(message),
});

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const soapRequest = (
  contract: 'oneWay' | 'twoWay',
  message: OutgoingMessage,
  { address, token }: RelayTarget,
): RelayRequest => {
  const { messageId, body } = message;
  const envelope = soapEnvelope({
    contract,
    address,
    messageId,
    context: decoder.decode(body),
    ...(token === undefined ? {} : { token }),
  });
  return {
    url: address,
    headers: {
      ...headersOf(message),
      'content-type': `application/soap+xml; charset=utf-8; action="${soapAction(contract)}"`,
    },
    body: encoder.encode(envelope),
  };
};

/** The request that posts a message to the listener of a relay endpoint. */
export const relayRequest = (message: OutgoingMessage, target: RelayTarget): RelayRequest => {
  const { contract, listener } = target.endpoint;
  if (listener !== 'wcf') return { url: target.address, headers: headersOf(message), body: message.body };
  if (contract === 'rest') {
    return { url: `${target.address}/Execute`, headers: headersOf(message), body: message.body };
  }
  return soapRequest(contract === 'twoWay' ? 'twoWay' : 'oneWay', message, target);
};
