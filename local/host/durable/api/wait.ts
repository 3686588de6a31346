import { shownAsJson } from '../jsonText.ts';
import { argumentFault, type ApiAnswer, type ApiRequest } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { getStatus } from './instances.ts';
import { checkStatusAnswer } from './links.ts';
import { isFinished } from '../../store/state.ts';

export const secondsOf = (text: string | null): number | undefined => {
  const seconds = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(seconds) ? undefined : seconds;
};

export const answerWithoutWaiting = ({ links }: ApiDeps, { origin }: ApiRequest, id: string): ApiAnswer =>
  checkStatusAnswer(links, origin, id);

/**
 * Waits up to `timeout` seconds for the end: 200 with the bare output when completed, the status when it ended
 * otherwise, 202 with the links when it has not. The real host looks every `interval` seconds; here the answer comes
 * as soon as the instance has ended.
 */
export const waitForResult = async (
  deps: ApiDeps,
  request: ApiRequest,
  id: string,
  timeout: number,
  interval: number,
): Promise<ApiAnswer> => {
  if (interval > timeout) {
    return argumentFault(`Total timeout ${timeout} should be bigger than retry timeout ${interval}`);
  }
  const { instances } = deps.store.state;
  const before = instances.get(id);
  if (before !== undefined && !isFinished(before)) await deps.engine.waitForEnd(id, timeout * 1000);
  const instance = instances.get(id);
  if (instance === undefined || !isFinished(instance)) return answerWithoutWaiting(deps, request, id);
  if (instance.status === 'Completed') return { status: 200, body: shownAsJson(instance.output) };
  return getStatus(deps, request, id);
};
