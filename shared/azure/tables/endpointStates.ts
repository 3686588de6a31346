import { odata } from '@azure/data-tables';
import { kindOf, untouched, type EndpointState } from '../../gate/endpointState.ts';
import type { EndpointStore, StoredEndpoint } from '../../gate/endpointStore.ts';
import { readEndpointState } from '../../gate/readEndpointState.ts';
import { firstPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

/** Partition of the states, beside the jobs: the row key is the endpoint's name. */
const partitionKey = 'endpoints';

/** Requests of a list; each gives up to a thousand states. */
const mostRequests = 10;

interface StateRow {
  /** The state as JSON. */
  readonly state?: unknown;
}

/** Is told of each row that cannot be read. */
export type ReportEndpoint = (endpoint: string, error: unknown) => void;

/**
 * An endpoint whose row is damaged runs: a bad row must keep neither its jobs nor the list of the others. Whatever is
 * written next takes its place.
 */
const stored = (
  endpoint: string,
  { state, etag: version }: StateRow & { readonly etag: string },
  unreadable: ReportEndpoint,
): StoredEndpoint => {
  try {
    return { state: readEndpointState(endpoint, state), version };
  } catch (error) {
    unreadable(endpoint, error);
    const why = error instanceof Error ? error.message : String(error);
    return { state: untouched(endpoint), version, fault: `Its state cannot be read, so it runs: ${why}` };
  }
};

/** `kind` is for people who look into the table. */
const rowOf = (state: EndpointState) => ({
  partitionKey,
  rowKey: state.endpoint,
  state: JSON.stringify(state),
  kind: kindOf(state),
});

/** The states of endpoints in Table Storage. A list takes a request for each page, all else one. */
export const endpointStates = (table: TableAccess, unreadable: ReportEndpoint): EndpointStore => ({
  readState: async (endpoint) => {
    const row = await table.request<StateRow & { etag: string }, 404>(
      `Reading the state of endpoint ${endpoint}`,
      (client, abortSignal) => client.getEntity(partitionKey, endpoint, { abortSignal }),
      [404],
    );
    return row === 404
      ? { state: untouched(endpoint), version: undefined }
      : stored(endpoint, row, unreadable);
  },
  listStates: async () => {
    const filter = odata`PartitionKey eq ${partitionKey}`;
    const what = 'Listing the states of endpoints';
    const { rows } = await firstPages<StateRow & { rowKey: string }>(table, what, { filter }, mostRequests);
    return rows.map((row) => stored(row.rowKey, row, unreadable));
  },
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
