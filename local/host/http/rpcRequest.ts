import type { IncomingMessage } from 'node:http';
import type { RpcHttp, Wrapped } from '../worker/coreTypes.ts';

type Values = Record<string, Wrapped<string>>;

const addValue = (values: Values, name: string, value: string, separator: string): void => {
  const existing = values[name]?.value;
  values[name] = {
    value: existing === undefined || existing === null ? value : existing + separator + value,
  };
};

/** Lower-case names; several headers of one name are joined. */
const headersOf = ({ rawHeaders }: IncomingMessage): Values => {
  const headers: Values = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    addValue(headers, (rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '', ',');
  }
  return headers;
};

const queryOf = (search: string): Values => {
  const query: Values = {};
  if (search.length < 2) return query;
  for (const [name, value] of new URLSearchParams(search)) addValue(query, name, value, ',');
  return query;
};

const wrap = (params: Readonly<Record<string, string>>): Values =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { value }]));

export interface HttpCall {
  readonly message: IncomingMessage;
  /** Scheme and authority under which the app is reached. */
  readonly origin: string;
  readonly path: string;
  /** Query with its question mark, or empty. */
  readonly search: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * A request as the script host hands it to a Node worker, which asks for nullable dictionaries and raw bytes.
 * Source: GrpcMessageConversionExtensions `ToRpcHttp`.
 */
export const toRpcHttp = ({ message, origin, path, search, params, body }: HttpCall): RpcHttp => ({
  method: message.method ?? 'GET',
  url: origin + path + search,
  nullableHeaders: headersOf(message),
  nullableQuery: queryOf(search),
  nullableParams: wrap(params),
  headers: {},
  query: {},
  params: {},
  identities: [],
  ...(body.byteLength > 0 ? { body: { bytes: body } } : {}),
});
