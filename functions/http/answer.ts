import type { HttpResponseInit, InvocationContext } from '@azure/functions';
import { problemAnswer, refusalAnswer, type Answer } from '../../shared/api/problem.ts';
import { StoreError } from '../../shared/job/storeError.ts';
import { refuse } from '../../shared/notification/refusal.ts';
import { bridgeState } from '../../shared/platform/bridge.ts';
import type { Bridge } from '../../shared/platform/composeBridge.ts';
import { requestFailed } from '../../shared/platform/logEvents.ts';

const toResponse = ({ status, headers, body }: Answer): HttpResponseInit => ({ status, headers, body });

/** Our own fault, whatever it was: 503, so that the caller may repeat. Details go to the log only. */
const faultAnswer = (error: unknown): Answer =>
  refusalAnswer(refuse(error instanceof StoreError ? 'StorageUnavailable' : 'InternalFault', ''));

/** Answers with what `work` gives; an app that is configured wrongly and any exception answer 503, never 500. */
export const answered = async (
  context: InvocationContext,
  work: (bridge: Bridge) => Promise<Answer>,
  failed: (error: unknown) => void = (error) => requestFailed(context, context.functionName, error),
): Promise<HttpResponseInit> => {
  if (bridgeState.kind === 'faulty') return toResponse(refusalAnswer(refuse('ConfigurationFaulty', '')));
  try {
    return toResponse(await work(bridgeState.bridge));
  } catch (error) {
    failed(error);
    return toResponse(faultAnswer(error));
  }
};

export const notFound = (what: string): Answer =>
  problemAnswer({ status: 404, code: 'NotFound', title: `There is no ${what}.` });

export const badRequest = (faults: readonly string[]): Answer =>
  problemAnswer({
    status: 400,
    code: 'RequestInvalid',
    title: 'The request is not valid.',
    detail: faults.join(' '),
  });
