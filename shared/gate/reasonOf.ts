import type { EndpointState } from './endpointState.ts';

/** Why an endpoint is in its state; null while it is running. */
export const reasonOf = (state: EndpointState): string | null => {
  const { pause, breaker, drain } = state;
  if (pause !== undefined) {
    return `Paused by ${pause.by}${pause.reason === undefined ? '.' : `: ${pause.reason}`}`;
  }
  if (breaker.state === 'open')
    return `Left alone until ${breaker.openUntil}: it keeps failing (${breaker.code}).`;
  if (breaker.state === 'halfOpen') return `One job tries it; it kept failing (${breaker.code}).`;
  return drain === undefined ? null : `Held jobs are let go, ${drain.perMinute} a minute.`;
};
