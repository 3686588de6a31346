import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { describe, type Refusal } from '../access/refusal.ts';
import type { Outcome } from '../channel/exchange.ts';
import { concernsConnection, viaWith } from '../protocol/headers.ts';
import type { RelayedResponse } from '../protocol/messages.ts';

/** The relay's own answer. It bears no `Via`: by that a sender tells it from a listener's ("HTTP request protocol"). */
export const refuse = (
  response: ServerResponse,
  refusal: Refusal,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const text = describe(refusal);
  response.writeHead(refusal.status, text, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(text);
};

const headersOf = (
  { responseHeaders = {} }: RelayedResponse,
  host: string | undefined,
): OutgoingHttpHeaders => {
  const headers: Record<string, string | string[]> = {};
  let via: string | undefined;
  for (const [name, value] of Object.entries(responseHeaders)) {
    if (name.toLowerCase() === 'via') via = typeof value === 'string' ? value : value.join(', ');
    else if (!concernsConnection(name)) headers[name] = typeof value === 'string' ? value : [...value];
  }
  const passed = host === undefined ? via : viaWith(via, host);
  return { ...headers, ...(passed !== undefined && { Via: passed }) };
};

/** Tells the sender how it ended; `host` goes into `Via` where the kind of relay has that header. */
export const giveOutcome = (response: ServerResponse, outcome: Outcome, host: string | undefined): void => {
  switch (outcome.kind) {
    case 'answered': {
      const { response: answer, body } = outcome;
      const headers = { ...headersOf(answer, host), 'content-length': body?.length ?? 0 };
      if (answer.statusDescription === undefined) response.writeHead(Number(answer.statusCode), headers);
      else response.writeHead(Number(answer.statusCode), answer.statusDescription, headers);
      response.end(body);
      return;
    }
    case 'listenerLost':
      refuse(response, { status: 502, description: 'The listener has gone before it answered.' });
      return;
    case 'late':
      refuse(response, { status: 504, description: 'The listener did not answer in time.' });
      return;
    case 'rendezvousClosed':
      response.destroy();
      return;
    case 'senderGone':
  }
};
