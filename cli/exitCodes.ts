/** What the program ends with; docs/operations.md lists them. */
export const exitCodes = {
  done: 0,
  /** The app refused, or what was waited for did not come about. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** No answer, or one that says "not now" (502, 503, 504): repeating makes sense. */
  unreachable: 3,
  /** 401 or 403. */
  notAllowed: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
