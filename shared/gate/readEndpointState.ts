import { isFailureCode } from '../delivery/failureCatalogue.ts';
import type { EndpointState } from './endpointState.ts';

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));

const isRate = (value: unknown): boolean => typeof value === 'number' && value > 0;

const isOpening = ({ openedOn, openUntil, openings, code }: Part): boolean =>
  isTime(openedOn) &&
  isTime(openUntil) &&
  Number.isInteger(openings) &&
  typeof code === 'string' &&
  isFailureCode(code);

const isBreaker = (value: unknown): boolean => {
  if (!isPart(value)) return false;
  const { state, closedOn, probe, claimedUntil } = value;
  if (state === 'closed') return closedOn === undefined || isTime(closedOn);
  if (state === 'open') return isOpening(value);
  return state === 'halfOpen' && isOpening(value) && isText(probe) && isTime(claimedUntil);
};

const isPause = (value: unknown): boolean =>
  value === undefined || (isPart(value) && isText(value['by']) && isTime(value['on']));

const isDrain = (value: unknown): boolean =>
  value === undefined ||
  (isPart(value) && isRate(value['perMinute']) && isTime(value['startedOn']) && isTime(value['paidUntil']));

const isStateOf = (endpoint: string, value: unknown): value is EndpointState =>
  isPart(value) &&
  value['endpoint'] === endpoint &&
  isBreaker(value['breaker']) &&
  isPause(value['pause']) &&
  isDrain(value['drain']) &&
  (value['drainPerMinute'] === undefined || isRate(value['drainPerMinute']));

/**
 * The state of an endpoint as it was stored.
 *
 * @throws Error when it is damaged, or was written by a later version.
 */
export const readEndpointState = (endpoint: string, text: unknown): EndpointState => {
  const value: unknown = JSON.parse(String(text));
  if (!isStateOf(endpoint, value))
    throw new Error(`${String(text).slice(0, 200)} is no state of ${endpoint}.`);
  return value;
};
