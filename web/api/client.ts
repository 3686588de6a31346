import type { Problem } from './shapes.ts';

/** What became of a request. A status of 0 means that nobody answered. */
export type Result<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly etag: string | null }
  | {
      readonly kind: 'failed';
      readonly status: number;
      readonly problem: Problem;
      /** What came with it, as JSON; a health report comes with 503. */
      readonly body?: unknown;
    };

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  /** The version that the caller saw. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** Asks the app. `path` is relative to the API's root: `jobs?top=50`. */
export type Client = <T>(path: string, options?: RequestOptions) => Promise<Result<T>>;

/** The page is `<prefix>/page/`, so the API's root is the folder above, whatever the prefix. */
const root = new URL('../', document.baseURI);

const titles: Readonly<Record<number, string>> = {
  0: 'The app does not answer.',
  401: 'The key is not accepted.',
  403: 'This is not allowed for you.',
  503: 'The app cannot answer now.',
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string';

const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const failed = (status: number, body: unknown): Result<never> => ({
  kind: 'failed',
  status,
  body,
  problem: isProblem(body)
    ? { ...body, status }
    : { title: titles[status] ?? `The app answered ${status}.`, status },
});

const headersOf = (key: string | undefined, { body, ifMatch }: RequestOptions): Record<string, string> => ({
  // Not settable by a form of another site, so its requests are told from ours.
  'x-requested-with': 'bridge-page',
  ...(key === undefined ? {} : { 'x-functions-key': key }),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
});

/** @param key function key; undefined when the platform signs people in. */
export const createClient =
  (key: string | undefined): Client =>
  async <T>(path: string, options: RequestOptions = {}): Promise<Result<T>> => {
    const { method = 'GET', body, signal } = options;
    try {
      const response = await fetch(new URL(path, root), {
        method,
        headers: headersOf(key, options),
        cache: 'no-store',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      const value = await jsonOf(response);
      if (!response.ok) return failed(response.status, value);
      return { kind: 'ok', value: value as T, etag: response.headers.get('etag') };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', status: 0, problem: { title: titles[0] ?? '', status: 0, detail } };
    }
  };
