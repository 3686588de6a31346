import { applyHub } from '../hubs/applyHub.ts';
import { isHubChange, type HubChange } from '../hubs/hubChange.ts';
import { hubSnapshot } from '../hubs/hubSnapshot.ts';
import type { HubStates } from '../hubs/hubState.ts';
import { apply } from './apply.ts';
import type { Change } from './change.ts';
import { snapshot } from './snapshot.ts';
import type { BrokerState } from './state.ts';

/** All that must survive the process. */
export interface NamespaceState {
  readonly entities: BrokerState;
  readonly hubs: HubStates;
}

export type NamespaceChange = Change | HubChange;

export const emptyNamespace = (): NamespaceState => ({ entities: new Map(), hubs: new Map() });

export const applyToNamespace = (state: NamespaceState, change: NamespaceChange): void => {
  if (isHubChange(change)) applyHub(state.hubs, change);
  else apply(state.entities, change);
};

/** The shortest list of changes that leads to `state`. */
export function* snapshotOfNamespace(state: NamespaceState): Generator<NamespaceChange> {
  yield* snapshot(state.entities);
  yield* hubSnapshot(state.hubs);
}
