import { odata } from '@azure/data-tables';
import { kindOf, untouched, type EndpointState } from '../../gate/endpointState.ts';
import type { EndpointStore, StoredEndpoint } from '../../gate/endpointStore.ts';
import type { TableAccess } from './tableAccess.ts';

/** Partition of the states, beside the jobs: the row key is the endpoint's name. */
const partitionKey = 'endpoints';

interface StateRow {
  /** The state as JSON. */
  readonly state?: unknown;
  readonly etag: string;
  readonly rowKey?: string;
}

const stored = (row: StateRow): StoredEndpoint => ({
  state: JSON.parse(String(row.state)) as EndpointState,
  version: row.etag,
});

/** `kind` is for people who look into the table. */
const rowOf = (state: EndpointState) => ({
  partitionKey,
  rowKey: state.endpoint,
  state: JSON.stringify(state),
  kind: kindOf(state),
});

/** The states of endpoints in Table Storage: one request each. */
export const endpointStates = (table: TableAccess): EndpointStore => ({
  readState: async (endpoint) => {
    const row = await table.request<StateRow, 404>(
      `Reading the state of endpoint ${endpoint}`,
      (client, abortSignal) => client.getEntity(partitionKey, endpoint, { abortSignal }),
      [404],
    );
    return row === 404 ? { state: untouched(endpoint), version: undefined } : stored(row);
  },
  listStates: () =>
    table.request<readonly StoredEndpoint[]>(
      'Listing the states of endpoints',
      async (client, abortSignal) => {
        const filter = odata`PartitionKey eq ${partitionKey}`;
        const states: StoredEndpoint[] = [];
        for await (const row of client.listEntities<StateRow>({ queryOptions: { filter }, abortSignal })) {
          states.push(stored(row));
        }
        return states;
      },
    ),
  writeState: async ({ version }, state) => {
    const written = await table.request<{ etag?: string }, 404 | 409 | 412>(
      `Writing the state of endpoint ${state.endpoint}`,
      (client, abortSignal) =>
        version === undefined
          ? client.createEntity(rowOf(state), { abortSignal })
          : client.updateEntity(rowOf(state), 'Replace', { etag: version, abortSignal }),
      [404, 409, 412],
    );
    return typeof written === 'number' ? 'changed' : { state, version: written.etag };
  },
});
