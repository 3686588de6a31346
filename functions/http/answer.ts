import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { admission } from '../../shared/api/access/admission.ts';
import type { Caller, Needed } from '../../shared/api/access/caller.ts';
import { orNotModified } from '../../shared/api/notModified.ts';
import { problem, refusalAnswer, type Answer } from '../../shared/api/problem.ts';
import { unreadableProblem } from '../../shared/api/unreadableProblem.ts';
import { StoreError } from '../../shared/job/storeError.ts';
import { UnreadableJob } from '../../shared/job/unreadableJob.ts';
import { UnreadableOperation } from '../../shared/operation/unreadableOperation.ts';
import { refuse } from '../../shared/notification/refusal.ts';
import { authMode, bridgeState } from '../../shared/platform/bridge.ts';
import type { Bridge } from '../../shared/platform/composeBridge.ts';
import { jobUnreadable, operationUnreadable, requestFailed } from '../../shared/platform/logEvents.ts';

/** What every answer carries: it is data, shown by nobody but our own page, framed by none, and never guessed at. */
const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
} as const;

const toResponse = ({ status, headers, body }: Answer): HttpResponseInit => ({
  status,
  headers: { ...safeHeaders, ...headers },
  body,
});

/** Our own fault, whatever it was: 503, so that the caller may repeat. Details go to the log only. */
const faultAnswer = (error: unknown): Answer =>
  refusalAnswer(refuse(error instanceof StoreError ? 'StorageUnavailable' : 'InternalFault', ''));

/** What the host asks for before a function that needs this is called at all; every registration takes it from here. */
export const authLevelFor = (needed: Needed): 'anonymous' | 'function' =>
  authMode === 'entra' && needed !== 'notify' ? 'anonymous' : 'function';

const isAnswer = (admitted: Caller | Answer): admitted is Answer => 'status' in admitted;

const admitted = (request: HttpRequest, needed: Needed): Caller | Answer =>
  admission(authMode, { method: request.method, header: (name) => request.headers.get(name) }, needed);

/**
 * Answers callers with this role, in whatever state the app is; an exception answers 503, never 500. A row that cannot
 * be read is the one fault of ours that people are told in full: one of them must look at it.
 */
export const answeredAlways = async (
  request: HttpRequest,
  context: InvocationContext,
  needed: Needed,
  work: (caller: Caller) => Promise<Answer>,
  failed: (error: unknown) => void = (error) => requestFailed(context, context.functionName, error),
): Promise<HttpResponseInit> => {
  try {
    const caller = admitted(request, needed);
    const answer = isAnswer(caller) ? caller : await work(caller);
    return toResponse(orNotModified(request.method, request.headers.get('if-none-match'), answer));
  } catch (error) {
    const unreadable = needed === 'notify' ? undefined : unreadableProblem(error);
    if (unreadable === undefined) failed(error);
    else if (error instanceof UnreadableJob) jobUnreadable(context, error);
    else if (error instanceof UnreadableOperation) operationUnreadable(context, error);
    return toResponse(unreadable ?? faultAnswer(error));
  }
};

/**
 * Answers callers with this role with what `work` gives. The border of every HTTP function: callers without the role,
 * an app that is configured wrongly, and any exception are answered here.
 *
 * @param failed logs an exception; `RequestFailed` when absent.
 */
export const answered = (
  request: HttpRequest,
  context: InvocationContext,
  needed: Needed,
  work: (bridge: Bridge, caller: Caller) => Promise<Answer>,
  failed?: (error: unknown) => void,
): Promise<HttpResponseInit> =>
  answeredAlways(
    request,
    context,
    needed,
    async (caller) =>
      bridgeState.kind === 'faulty'
        ? refusalAnswer(refuse('ConfigurationFaulty', ''))
        : work(bridgeState.bridge, caller),
    failed,
  );

export const notFound = (what: string): Answer => problem('NotFound', `There is no ${what}.`);

export const badRequest = (faults: readonly string[]): Answer => problem('RequestInvalid', faults.join(' '));
