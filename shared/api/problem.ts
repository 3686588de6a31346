import { refusals, type BodyFault, type Refusal } from '../notification/refusal.ts';

/** What an HTTP function answers, independent of the platform's own types. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Seconds after which a caller may repeat what failed through our fault. Dataverse waits on its own terms. */
const retryAfterSeconds = '30';

export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly BodyFault[];
}

/** An `application/problem+json` answer (RFC 9457); a 503 carries Retry-After. */
export const problemAnswer = ({ status, code, title, detail, errors }: Problem): Answer => ({
  status,
  headers: {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': retryAfterSeconds } : {}),
  },
  body: JSON.stringify({
    type: `urn:dataverse-azure-bridge:problem:${code}`,
    title,
    status,
    code,
    ...(detail === undefined || detail === '' ? {} : { detail }),
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
  }),
});

export const refusalAnswer = ({ code, detail, faults }: Refusal): Answer =>
  problemAnswer({ ...refusals[code], code, detail, errors: faults });
