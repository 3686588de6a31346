import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DurableHttpRequest } from '../replay/answer.ts';
import { serializedException } from './rpcException.ts';

export type HttpOutcome =
  /** The answer as JSON text: statusCode, headers, content. */
  { readonly result: string } | { readonly failure: string; readonly details: string };

/** .NET keeps these apart from a response's headers, and the extension does not pass them on. */
const contentHeaders = new Set([
  'allow',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
]);

const headersOf = (message: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let index = 0; index < message.rawHeaders.length; index += 2) {
    const name = message.rawHeaders[index] ?? '';
    const value = message.rawHeaders[index + 1] ?? '';
    if (contentHeaders.has(name.toLowerCase())) continue;
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
};

const textOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const send = (request: DurableHttpRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const open = request.uri.startsWith('https:') ? httpsRequest : httpRequest;
    const body = request.content === undefined ? undefined : Buffer.from(request.content);
    const headers: Record<string, string | number> = { ...request.headers };
    if (body !== undefined) {
      headers['content-length'] = body.byteLength;
      if (!Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
        headers['content-type'] = 'text/plain';
      }
    }
    const outgoing = open(request.uri, { method: request.method, headers, timeout: 100_000 });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('The request was canceled due to the timeout.')));
    outgoing.end(body);
  });

/** One request of `callHttp`. Source: the extension's TaskHttpActivityShim. */
export const callHttpOnce = async (input: string): Promise<HttpOutcome> => {
  try {
    const request = JSON.parse(input) as DurableHttpRequest;
    if (request.tokenSource !== undefined) {
      throw new Error(
        'The local host has no managed identity: callHttp with a token source does not work here.',
      );
    }
    const message = await send(request);
    const content = await textOf(message);
    return {
      result: JSON.stringify({ statusCode: message.statusCode, headers: headersOf(message), content }),
    };
  } catch (error) {
    const failure = (error as Error).message;
    return { failure, details: serializedException(failure, '') };
  }
};
