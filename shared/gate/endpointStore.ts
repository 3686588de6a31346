import type { EndpointState } from './endpointState.ts';

/** A state as read, with the version that a write must name; undefined while nothing is stored. */
export interface StoredEndpoint {
  readonly state: EndpointState;
  readonly version: string | undefined;
  /** Why what is stored cannot be read; the state is the untouched one then. */
  readonly fault?: string;
}

/** Where the states of endpoints are kept, one row each. */
export interface EndpointStore {
  /** The untouched state when nothing is stored, or what is stored cannot be read. */
  readState(endpoint: string): Promise<StoredEndpoint>;
  /** All that are stored, also of endpoints that are no longer configured. */
  listStates(): Promise<readonly StoredEndpoint[]>;
  /** `changed` when somebody wrote in between (nothing is written then). */
  writeState(before: StoredEndpoint, after: EndpointState): Promise<StoredEndpoint | 'changed'>;
}
