import type { EndpointState } from './endpointState.ts';
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts';

/** Somebody else may write at the same moment; more often than this in a row something is wrong. */
export const mostTries = 20;

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
const isAlreadyWritten = (tried: EndpointState | undefined, found: EndpointState): boolean =>
  tried !== undefined && marksOf(tried) === marksOf(found);

/** What is wanted of the state that was found: another one, or that it stays. */
export type Wish<Reason> =
  | { readonly kind: 'write'; readonly after: EndpointState }
  | { readonly kind: 'leave'; readonly because: Reason };

export type Change<Reason> =
  | { readonly kind: 'written'; readonly stored: StoredEndpoint }
  | { readonly kind: 'left'; readonly because: Reason };

/**
 * Changes the state of an endpoint, following whoever wrote in between; a write whose answer got lost counts.
 *
 * @param what names the change in the error of one that never gets its turn.
 * @param wish is asked anew for each state that is found.
 */
export const changeEndpoint = async <Reason>(
  store: EndpointStore,
  endpoint: string,
  what: string,
  wish: (found: StoredEndpoint) => Wish<Reason>,
): Promise<Change<Reason>> => {
  let tried: EndpointState | undefined;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const before = await store.readState(endpoint);
    if (isAlreadyWritten(tried, before.state)) return { kind: 'written', stored: before };
    const wanted = wish(before);
    if (wanted.kind === 'leave') return { kind: 'left', because: wanted.because };
    tried = wanted.after;
    const stored = await store.writeState(before, tried);
    if (stored !== 'changed') return { kind: 'written', stored };
  }
  throw new Error(`Endpoint ${endpoint} changed ${mostTries} times while ${what} was tried.`);
};
