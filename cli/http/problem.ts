import { CliError } from '../cliError.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { isJson, objectsAt, textAt, type Json } from '../json.ts';

/** A refusal of the app. */
export interface Refused {
  readonly method: string;
  readonly path: string;
  readonly baseUrl: string;
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

const readProblem = ({ text, contentType }: Refused): Json | undefined => {
  if (!contentType.includes('problem+json')) return undefined;
  try {
    const problem: unknown = JSON.parse(text);
    return isJson(problem) ? problem : undefined;
  } catch {
    return undefined;
  }
};

/** Title, detail and each fault with its place (RFC 9457). */
const saidBy = (problem: Json): string => {
  const faults = objectsAt(problem, 'errors').map(
    (fault) => `\n  ${textAt(fault, 'pointer')} ${textAt(fault, 'detail')}`,
  );
  const detail = textAt(problem, 'detail');
  return `${textAt(problem, 'title')}${detail === '' ? '' : ` ${detail}`} (${textAt(problem, 'status')} ${textAt(problem, 'code')})${faults.join('')}`;
};

const exitCodeOf = (status: number): ExitCode => {
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) return exitCodes.notAllowed;
  return status >= 502 && status <= 504 ? exitCodes.unreachable : exitCodes.refused;
};

/** What the person can do, as far as the status tells. */
const adviceOf = ({ status, retryAfter, baseUrl }: Refused): string => {
  if (status === 401) {
    return 'Give a function key with BRIDGE_KEY or --key, or an Entra token with BRIDGE_TOKEN or --token.';
  }
  if (status === 403) return 'Use a key or an account that has the role for it; "bridge me" shows yours.';
  if (status >= 300 && status < 400) return 'The app wants a sign-in: give an Entra token with BRIDGE_TOKEN.';
  if (status === 412) return 'Look at it again, then repeat the command.';
  if (status >= 502 && status <= 504) {
    return `Try again${retryAfter === undefined ? ' later' : ` in ${retryAfter} s`}; "bridge health" tells more.`;
  }
  if (status === 404) return `If it should be there, see that ${baseUrl} is the right app and up to date.`;
  return '';
};

const plainWords: Readonly<Record<number, string>> = {
  401: 'The app does not accept the key (401).',
  403: 'The app does not allow this (403).',
};

const plain = ({ status, method, path }: Refused): string =>
  plainWords[status] ?? `The app answered ${status} to ${method} ${path}.`;

/** An answer that is not 2xx, as the error that the program ends with. */
export const refusalError = (refused: Refused): CliError => {
  const problem = readProblem(refused);
  const said = problem === undefined ? plain(refused) : saidBy(problem);
  const advice = adviceOf(refused);
  const sentence = problem !== undefined && refused.status === 404 ? said : `${said} ${advice}`.trim();
  return new CliError(sentence, exitCodeOf(refused.status));
};
