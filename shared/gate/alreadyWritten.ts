import type { EndpointState } from './endpointState.ts';

/** What marks a state; not what changes by itself: jobs that are let go, a claim of the probe. */
const marksOf = ({ pause, breaker, drain, drainPerMinute }: EndpointState): string =>
  JSON.stringify([
    [pause?.by, pause?.on, pause?.reason],
    breaker.state === 'closed' ? [breaker.closedOn] : [breaker.openedOn, breaker.openUntil, breaker.openings],
    [drain?.startedOn, drain?.perMinute],
    drainPerMinute,
  ]);

/**
 * Whether the state that was found is the one that a write tried to make: the write arrived, its answer got lost, and
 * the client's own repetition met the new version. The times in it tell it from what others write.
 */
export const isAlreadyWritten = (tried: EndpointState | undefined, found: EndpointState): boolean =>
  tried !== undefined && marksOf(tried) === marksOf(found);
