import type { IncomingHttpHeaders } from 'node:http';
import { relayParameter } from '../protocol/query.ts';
import type { RelaySettings } from '../relayOptions.ts';
import { soapToken } from './soapToken.ts';

/** A token and where it was. */
export interface SenderToken {
  readonly token: string | undefined;
  /** Headers (lower case) that the listener does not get to see. */
  readonly strip: ReadonlySet<string>;
}

export interface SenderRequest {
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const oneOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const ownHeader = 'servicebusauthorization';

/**
 * Finds the token of a sender to a hybrid connection ("Request operation"): `sb-hc-token` and `ServiceBusAuthorization` are always taken
 * off. `Authorization` is taken only when neither is there and the relay wants a token; otherwise it is the listener's.
 */
const hybridToken = (
  { target, headers }: SenderRequest,
  { requiresClientAuthorization = true }: RelaySettings,
): SenderToken => {
  const token = relayParameter(target, 'sb-hc-token') ?? oneOf(headers[ownHeader]);
  if (token !== undefined || !requiresClientAuthorization) return { token, strip: new Set([ownHeader]) };
  return { token: headers.authorization, strip: new Set([ownHeader, 'authorization']) };
};

/** The token of a sender to a WCF relay: in the HTTP header, or in the header of a SOAP envelope. */
const wcfToken = ({ headers, body }: SenderRequest): SenderToken => ({
  token: oneOf(headers[ownHeader]) ?? soapToken(body),
  strip: new Set([ownHeader]),
});

export const senderToken = (request: SenderRequest, settings: RelaySettings): SenderToken =>
  settings.kind === 'wcf' ? wcfToken(request) : hybridToken(request, settings);
