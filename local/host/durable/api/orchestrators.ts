import { compactJson } from '../jsonText.ts';
import { errorAnswer, invalidJson, type ApiAnswer, type ApiRequest } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { answerWithoutWaiting, secondsOf, waitForResult } from './wait.ts';
import { startNew } from './start.ts';

const readInput = (body: string): { readonly input: string | null } | { readonly fault: ApiAnswer } => {
  if (body === '') return { input: null };
  try {
    const text = compactJson(body);
    return { input: text === 'null' ? null : text };
  } catch (error) {
    return { fault: invalidJson((error as Error).message) };
  }
};

/** POST orchestrators/{functionName}/{instanceId?}. An unknown function is found out by the instance, which fails. */
export const startOrchestrator = async (
  deps: ApiDeps,
  request: ApiRequest,
  name: string,
  id: string,
): Promise<ApiAnswer> => {
  const read = readInput(request.body);
  if ('fault' in read) return read.fault;
  const started = await startNew(deps, name, id, read.input, request.query.get('version') ?? undefined);
  if ('existing' in started) {
    return errorAnswer(409, `An Orchestration instance with the status ${started.existing} already exists.`);
  }
  const timeout = secondsOf(request.query.get('timeout'));
  const interval = secondsOf(request.query.get('pollingInterval'));
  return timeout === undefined || interval === undefined
    ? answerWithoutWaiting(deps, request, started.id)
    : waitForResult(deps, request, started.id, timeout, interval);
};
