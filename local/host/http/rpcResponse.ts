import type { ServerResponse } from 'node:http';
import type { InvocationResult, RpcCookie, RpcHttp, TypedData } from '../worker/coreTypes.ts';
import type { HostedFunction } from '../worker/functions.ts';

const sameSiteNames: Readonly<Record<string, string>> = {
  lax: 'lax',
  strict: 'strict',
  explicitNone: 'none',
};

const cookieText = (cookie: RpcCookie): string => {
  const parts = [`${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`];
  const seconds = cookie.expires?.value?.seconds;
  if (seconds !== undefined && seconds !== null)
    parts.push(`expires=${new Date(seconds * 1000).toUTCString()}`);
  if (typeof cookie.maxAge?.value === 'number') parts.push(`max-age=${cookie.maxAge.value}`);
  if (typeof cookie.domain?.value === 'string') parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value === true) parts.push('secure');
  const sameSite = sameSiteNames[cookie.sameSite ?? ''];
  if (sameSite !== undefined) parts.push(`samesite=${sameSite}`);
  if (cookie.httpOnly?.value === true) parts.push('httponly');
  return parts.join('; ');
};

const bytesOf = (data: TypedData | null | undefined): Uint8Array | string =>
  data?.bytes ?? data?.string ?? data?.json ?? '';

const skippedHeaders = new Set(['content-length', 'transfer-encoding', 'connection']);

const writeHttp = (response: ServerResponse, http: RpcHttp, withBody: boolean): void => {
  response.statusCode = Number.parseInt(http.statusCode ?? '200', 10);
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    if (!skippedHeaders.has(name.toLowerCase())) response.setHeader(name, value);
  }
  const cookies = (http.cookies ?? []).map(cookieText);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const body = bytesOf(http.body);
  if (response.statusCode !== 204 && response.statusCode !== 304) {
    response.setHeader(
      'content-length',
      typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength,
    );
  }
  response.end(withBody ? body : undefined);
};

/** The HTTP output: the return value, or the output binding of type http. */
const httpOutput = (
  { bindings }: HostedFunction,
  result: InvocationResult & { ok: true },
): RpcHttp | undefined => {
  if (result.returnValue?.http) return result.returnValue.http;
  const output = result.outputData.find(({ name }) => bindings[name]?.type.toLowerCase() === 'http');
  return output?.data?.http ?? undefined;
};

/** An empty answer of a status. */
export const writeStatus = (response: ServerResponse, status: number): void => {
  response.statusCode = status;
  if (status !== 204) response.setHeader('content-length', 0);
  response.end();
};

/** Answers with what a function gave: 204 for nothing, 500 without a body for a failure. */
export const writeResult = (
  response: ServerResponse,
  hosted: HostedFunction,
  result: InvocationResult,
): void => {
  if (!result.ok) {
    writeStatus(response, 500);
    return;
  }
  const http = httpOutput(hosted, result);
  if (http === undefined) writeStatus(response, 204);
  else writeHttp(response, http, response.req.method !== 'HEAD');
};
