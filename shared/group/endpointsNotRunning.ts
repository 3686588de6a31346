import { kindOf, type EndpointStateKind } from '../gate/endpointState.ts';
import type { StoredEndpoint } from '../gate/endpointStore.ts';
import { reasonOf } from '../gate/reasonOf.ts';
import type { AttentionEntry } from './groupStore.ts';

/** An endpoint that is paused, left alone by its breaker or draining, or whose state cannot be read. */
export interface EndpointNotRunning {
  readonly name: string;
  readonly state: EndpointStateKind;
  readonly reason: string | null;
  /** Jobs that wait because of that. */
  readonly held: number;
}

type Held = Pick<AttentionEntry, 'endpoint' | 'held'>;

/**
 * Jobs that are held before their first attempt have failed for no reason, so no failure group shows them: an endpoint
 * that was paused and forgotten is seen here alone.
 *
 * @param names of the endpoints file, in its order.
 */
export const endpointsNotRunning = (
  names: readonly string[],
  stored: readonly StoredEndpoint[],
  entries: readonly Held[],
): EndpointNotRunning[] =>
  names.flatMap((name) => {
    const found = stored.find(({ state }) => state.endpoint === name);
    if (found === undefined) return [];
    const { state, fault } = found;
    if (kindOf(state) === 'running' && fault === undefined) return [];
    const held = entries.filter((entry) => entry.held && entry.endpoint === name).length;
    return [{ name, state: kindOf(state), reason: fault ?? reasonOf(state), held }];
  });
