import { problemAnswer, type Answer } from './problem.ts';

/** What a problem of the people's API means, for answers and for documentation. */
export interface ProblemMeaning {
  readonly status: number;
  /** One sentence, the same for every occurrence. */
  readonly title: string;
  /** What the caller can do, one sentence. */
  readonly advice: string;
}

/** Every problem that the people's API answers with; docs/problems.md shows this table. */
export const problems = {
  RequestInvalid: {
    status: 400,
    title: 'The request is not valid.',
    advice: 'Correct what `detail` names.',
  },
  SignInNeeded: {
    status: 401,
    title: 'Nobody is signed in.',
    advice: 'Sign in at `/.auth/login/aad`, or send a bearer token of Entra ID for this app.',
  },
  RoleMissing: {
    status: 403,
    title: 'The caller does not have the role for this.',
    advice: 'Ask an administrator for an app role that `detail` names, and sign in again.',
  },
  CrossSite: {
    status: 403,
    title: 'The request may come from another site.',
    advice: 'Send the header `x-requested-with`, and ask from the page of the app or from no browser.',
  },
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = keyof typeof problems;

/** The answer for a problem of the catalogue. */
export const problem = (code: ProblemCode, detail = ''): Answer => {
  const { status, title } = problems[code];
  return problemAnswer({ status, code, title, detail });
};
