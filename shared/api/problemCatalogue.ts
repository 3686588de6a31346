import { refusals, type RefusalCode } from '../notification/refusal.ts';

/** What a problem means. */
export interface ProblemMeaning {
  readonly status: number;
  /** One sentence, the same for every occurrence; what is particular stands in `detail`. */
  readonly title: string;
  /** What the caller can do, one sentence. */
  readonly advice: string;
}

const adviceOfRefusals: Readonly<Record<RefusalCode, string>> = {
  EndpointUnknown: 'Correct the address, or add the endpoint to the endpoints file.',
  ContentTypeUnsupported: 'Send `application/json`.',
  ContentEncodingUnsupported: 'Send the body as it is.',
  BodyTooLarge: 'Post fewer columns and smaller images.',
  BodyNotJson: 'Send JSON text in UTF-8.',
  ContextInvalid: 'Send what Dataverse posts; `errors` points at each fault.',
  IdempotencyKeyInvalid: 'Send 1 to 255 printable ASCII characters.',
  IdempotencyKeyReused: 'Use another key for another body.',
  DepthExceeded: 'Break the loop in Dataverse, or raise `BRIDGE_MAX_DEPTH`.',
  ConfigurationFaulty: 'Mend what `GET /api/health` lists.',
  StorageUnavailable: 'Repeat after `Retry-After`; if it stays, look at the storage account.',
  InternalFault: 'Repeat after `Retry-After`; if it stays, look for `RequestFailed` in the log.',
};

const notificationProblems = Object.fromEntries(
  Object.entries(refusals).map(([code, meaning]) => [
    code,
    { ...meaning, advice: adviceOfRefusals[code as RefusalCode] },
  ]),
) as Record<RefusalCode, ProblemMeaning>;

/** Problems of the people's API alone. */
const peoplesProblems = {
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
  NotFound: {
    status: 404,
    title: 'There is no such thing.',
    advice: 'Look for it in the list it came from; it may have been deleted.',
  },
  ActionForbidden: {
    status: 409,
    title: 'The status does not allow this.',
    advice: 'Do what `detail` says is possible.',
  },
  JobChanged: {
    status: 412,
    title: 'The job has changed since it was read.',
    advice: 'Read it again, decide again, and send its new `ETag` in `If-Match`.',
  },
  EndpointChanged: {
    status: 412,
    title: 'The endpoint has changed since it was read.',
    advice: 'Read it again, decide again, and send its new `ETag` in `If-Match`.',
  },
  OperationForbidden: {
    status: 409,
    title: 'The status of the bulk operation does not allow this.',
    advice: 'Read it again; an operation that has ended stays as it is.',
  },
  OperationChanged: {
    status: 412,
    title: 'The bulk operation has changed since it was read.',
    advice: 'Read it again, decide again, and send its new `ETag` in `If-Match`.',
  },
  JobUnreadable: {
    status: 503,
    title: 'The job is stored, but cannot be read.',
    advice: 'Look at its row, which `detail` says what is wrong with.',
  },
  OperationUnreadable: {
    status: 503,
    title: 'The bulk operation is stored, but cannot be read.',
    advice: 'Look at its row, which `detail` says what is wrong with; it does not go on.',
  },
} as const satisfies Record<string, ProblemMeaning>;

export type ProblemCode = RefusalCode | keyof typeof peoplesProblems;

/** Every problem that the app answers with; docs/problems.md shows this table. */
export const problems: Readonly<Record<ProblemCode, ProblemMeaning>> = {
  ...peoplesProblems,
  ...notificationProblems,
};
