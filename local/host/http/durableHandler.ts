import type { ApiAnswer, ApiRequest } from '../durable/api/answer.ts';
import type { Api } from '../durable/api/api.ts';
import type { Log } from '../log.ts';
import { readBody } from './body.ts';
import type { Incoming } from './appHandler.ts';
import { writeStatus } from './rpcResponse.ts';

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const segmentsOf = (path: string, basePath: string): string[] =>
  path
    .slice(basePath.length)
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);

const writeAnswer = ({ response }: Incoming, { status, headers, body }: ApiAnswer): void => {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === undefined) {
    response.setHeader('content-length', 0);
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
};

const toApiRequest = async (incoming: Incoming, basePath: string, origin: string): Promise<ApiRequest> => {
  const { message, path, search } = incoming;
  const body = await readBody(message, Number.MAX_SAFE_INTEGER);
  return {
    method: message.method ?? 'GET',
    segments: segmentsOf(path, basePath),
    query: new URLSearchParams(search),
    header: (name) => {
      const value = message.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: body.toString('utf8'),
    url: origin + path + search,
    origin,
  };
};

/** Serves the Durable extension's HTTP API below `basePath`. */
export const serveDurableApi = async (
  api: Api,
  incoming: Incoming,
  basePath: string,
  origin: string,
  log: Log,
): Promise<void> => {
  try {
    writeAnswer(incoming, await api(await toApiRequest(incoming, basePath, origin)));
  } catch (error) {
    log('error', 'Host.Triggers.DurableTask', String((error as Error).stack ?? error));
    if (!incoming.response.headersSent) writeStatus(incoming.response, 500);
  }
};
