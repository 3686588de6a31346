import type { IncomingMessage } from 'node:http';
import { createExchange, type Exchange } from '../channel/exchange.ts';
import { concernsConnection, joinHeaders, viaWith } from '../protocol/headers.ts';
import type { MessageHeaders } from '../protocol/messages.ts';
import { withoutRelayParameters } from '../protocol/query.ts';
import type { Incoming } from './incoming.ts';

/** The headers that a listener sees: neither the connection's nor the token, and the relay in `Via`. */
const headersFor = (request: IncomingMessage, strip: ReadonlySet<string>, host: string): MessageHeaders => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(joinHeaders(request.rawHeaders))) {
    const lower = name.toLowerCase();
    if (lower !== 'via' && !concernsConnection(lower) && !strip.has(lower)) headers[name] = value;
  }
  return { ...headers, Via: viaWith(request.headers.via, host) };
};

export const exchangeFor = (
  { request, target, body }: Incoming,
  strip: ReadonlySet<string>,
  host: string,
): Exchange =>
  createExchange(
    {
      requestTarget: withoutRelayParameters(target),
      method: request.method ?? 'GET',
      requestHeaders: headersFor(request, strip, host),
    },
    body,
  );
