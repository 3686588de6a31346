import { untouched } from '../../shared/gate/endpointState.ts';
import type { EndpointStore, StoredEndpoint } from '../../shared/gate/endpointStore.ts';

/** The states of endpoints in memory; held to the real store by the same suite. */
export const memoryEndpointStore = (): EndpointStore => {
  const rows = new Map<string, StoredEndpoint>();
  let versions = 0;
  return {
    readState: async (endpoint) => rows.get(endpoint) ?? { state: untouched(endpoint), version: undefined },
    listStates: async () => [...rows.values()],
    writeState: async (before, state) => {
      if (rows.get(state.endpoint)?.version !== before.version) return 'changed';
      const stored = { state, version: `"${(versions += 1)}"` };
      rows.set(state.endpoint, stored);
      return stored;
    },
  };
};
