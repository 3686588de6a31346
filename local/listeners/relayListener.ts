import { listen } from '../relay/listener/listen.ts';
import type { RelayRequest } from '../relay/listener/listenOptions.ts';
import type { Arrival, Listening, OnArrival } from './arrival.ts';

const toArrival = ({ headers, body }: RelayRequest): Arrival => ({
  messageId: headers['message-id'] ?? '',
  contentType: headers['content-type'] ?? '',
  body,
  properties: headers,
});

/** What a listener of Windows Communication Foundation returns for the string of its operation. */
const soapAnswer = (text: string): string =>
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>' +
  '<ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts">' +
  `<ExecuteResult>${text}</ExecuteResult></ExecuteResponse></s:Body></s:Envelope>`;

/** Listens behind a relay, and answers each request with a string that tells its message. */
export const listenToRelay = (
  connectionString: string,
  { path, isSoap }: { readonly path: string; readonly isSoap: boolean },
  onArrival: OnArrival,
): Promise<Listening> =>
  listen({
    connectionString,
    path,
    onRequest: (request) => {
      const arrival = toArrival(request);
      onArrival(arrival);
      const text = `received ${arrival.messageId}`;
      return isSoap
        ? { headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' }, body: soapAnswer(text) }
        : { body: text };
    },
  });
