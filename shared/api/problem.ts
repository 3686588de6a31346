import type { BodyFault, Refusal } from '../notification/refusal.ts';
import { problems, type ProblemCode } from './problemCatalogue.ts';

/** What an HTTP function answers, independent of the platform's own types. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Its tag is the version of the thing, but the body shows more: a caller who knows the version gets it all the same. */
  readonly showsMore?: true;
}

/** Seconds after which a caller may repeat what failed through our fault. Dataverse waits on its own terms. */
const retryAfterSeconds = '30';

/** @param text JSON already. */
export const jsonTextAnswer = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: text,
});

export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => jsonTextAnswer(status, JSON.stringify(body), headers);

export const problemMediaType = 'application/problem+json';

/** The answer for a problem of the catalogue, `application/problem+json` (RFC 9457); a 503 carries Retry-After. */
export const problem = (code: ProblemCode, detail = '', errors: readonly BodyFault[] = []): Answer => {
  const { status, title } = problems[code];
  return {
    status,
    headers: {
      'content-type': `${problemMediaType}; charset=utf-8`,
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': retryAfterSeconds } : {}),
    },
    body: JSON.stringify({
      type: `urn:dataverse-azure-bridge:problem:${code}`,
      title,
      status,
      code,
      ...(detail === '' ? {} : { detail }),
      ...(errors.length === 0 ? {} : { errors }),
    }),
  };
};

export const refusalAnswer = ({ code, detail, faults }: Refusal): Answer => problem(code, detail, faults);
