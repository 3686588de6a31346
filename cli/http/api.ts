import { CliError } from '../cliError.ts';
import { exitCodes } from '../exitCodes.ts';
import { isJson, type Json } from '../json.ts';
import { refusalError } from './problem.ts';
import type { Target } from './target.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below /api, like `/jobs`. */
  readonly path: string;
  /** Undefined members are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes as they are. */
  readonly body?: Json | Uint8Array<ArrayBuffer>;
  /** Statuses beside 2xx that are no refusal. */
  readonly accepts?: readonly number[];
  /** The answer may be null, which is read as an empty object. */
  readonly answersNull?: boolean;
  /** The answer is wanted as bytes. */
  readonly isFile?: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The body as an object; an empty one when there is no body. */
  readonly json: Json;
}

/** The API of the app. */
export type Api = (request: Request) => Promise<Reply>;

export interface ApiOptions {
  readonly target: Target;
  /** Told each request and answer; keys are hidden. */
  readonly trace?: (line: string) => void;
}

/** The app itself answers within 30 s. */
const patienceMs = 60_000;

const urlOf = ({ baseUrl }: Target, { path, query = {} }: Request): string => {
  const url = new URL(`${baseUrl}/api${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
};

const signIn = ({ key, token }: Target): Record<string, string> => ({
  ...(key === undefined ? {} : { 'x-functions-key': key }),
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
});

const encoded = (body: Request['body']): Uint8Array<ArrayBuffer> | string | undefined =>
  body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body);

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`;
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? reasonOf(cause) : error.message;
};

const unreachable = (baseUrl: string, error: unknown): CliError =>
  new CliError(
    `Nothing answers at ${baseUrl} (${reasonOf(error)}). Start the local platform with "npm start", or name the app with BRIDGE_URL or --url.`,
    exitCodes.unreachable,
    { cause: error },
  );

const readJson = (text: string, { path, answersNull }: Request, baseUrl: string): Json => {
  if (text === '' || (answersNull === true && text === 'null')) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return value;
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new CliError(
    `${baseUrl}/api${path} answered something that is no JSON object; see that it is the bridge.`,
    exitCodes.refused,
  );
};

const traceRequest = ({ trace = () => undefined, target }: ApiOptions, request: Request): void => {
  trace(`> ${request.method} ${urlOf(target, request)}`);
  for (const name of Object.keys(signIn(target))) trace(`> ${name}: ***`);
  if (isJson(request.body)) trace(`> ${JSON.stringify(request.body)}`);
};

const traceReply = ({ trace = () => undefined }: ApiOptions, response: Response, text: string): void => {
  trace(`< ${response.status} ${response.statusText}`);
  for (const name of ['content-type', 'etag', 'location', 'retry-after']) {
    const value = response.headers.get(name);
    if (value !== null) trace(`< ${name}: ${value}`);
  }
  if (text !== '') trace(`< ${text.slice(0, 4000)}`);
};

/** Sends one request and reads its answer whole. */
const exchange = async (options: ApiOptions, request: Request) => {
  const { target } = options;
  const body = encoded(request.body);
  traceRequest(options, request);
  try {
    const response = await fetch(urlOf(target, request), {
      method: request.method,
      // A redirect would take the key elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        accept: 'application/json',
        // Shows an app with Entra sign-in that no page of another site asks.
        'x-requested-with': 'bridge',
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...request.headers,
        ...signIn(target),
      },
      ...(body === undefined ? {} : { body }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = Buffer.from(bytes).toString('utf8');
    traceReply(options, response, text);
    return { response, bytes, text };
  } catch (error) {
    throw unreachable(target.baseUrl, error);
  }
};

/** The API at the target. Anything but 2xx (or what the request accepts) is thrown as a sentence. */
export const apiAt =
  (options: ApiOptions): Api =>
  async (request) => {
    const { response, bytes, text } = await exchange(options, request);
    const { status, headers } = response;
    const { baseUrl } = options.target;
    if (!response.ok && !(request.accepts ?? []).includes(status)) {
      const contentType = headers.get('content-type') ?? '';
      const retryAfter = headers.get('retry-after') ?? undefined;
      throw refusalError({
        ...request,
        path: `/api${request.path}`,
        baseUrl,
        status,
        contentType,
        retryAfter,
        text,
      });
    }
    return { status, headers, bytes, json: request.isFile === true ? {} : readJson(text, request, baseUrl) };
  };
