import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientPool } from '../azure/serviceBus/clientPool.ts';
import { serviceBusPublisher } from '../azure/serviceBus/serviceBusPublisher.ts';
import { listJobs } from '../azure/tables/jobLister.ts';
import { sweepQueries, type SweepQueries } from '../azure/tables/sweepQueries.ts';
import { openTable } from '../azure/tables/tableAccess.ts';
import { tableJobStore, type TableJobStore } from '../azure/tables/tableJobStore.ts';
import type { Publisher } from '../delivery/delivery.ts';
import { readEndpoints, type EndpointsRead } from '../endpoint/readEndpoints.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { JobListStore } from '../job/jobList.ts';
import { readConnections } from './connections.ts';
import * as logEvents from './logEvents.ts';
import { readSettings, type Environment, type Settings } from './settings.ts';

/** Everything the functions work with, wired together. */
export interface Bridge {
  readonly settings: Settings;
  readonly endpoints: readonly ServiceEndpoint[];
  readonly endpointNamed: (name: string) => ServiceEndpoint | undefined;
  readonly publisherFor: (endpoint: ServiceEndpoint) => Publisher;
  readonly store: TableJobStore & JobListStore & SweepQueries;
}

/** An app that is configured wrongly stays up: it answers 503 and says why, rather than losing events. */
export type BridgeState =
  | { readonly kind: 'ready'; readonly bridge: Bridge }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Folder of the deployed app; this module is built to dist/shared/platform. */
const appFolder = fileURLToPath(new URL('../../../', import.meta.url));

const readEndpointsFile = (path: string): EndpointsRead => {
  try {
    const read = readEndpoints(readFileSync(resolve(appFolder, path), 'utf8'));
    return read.kind === 'read' ? read : { ...read, faults: read.faults.map((fault) => `${path}: ${fault}`) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'faulty', faults: [`The endpoints file cannot be read: ${reason}`] };
  }
};

const wire = (
  settings: Settings,
  endpoints: readonly ServiceEndpoint[],
  connectionStringOf: (endpoint: ServiceEndpoint) => string,
): Bridge => {
  const table = openTable({ connectionString: settings.storageConnection, tableName: settings.jobsTable });
  const pool = clientPool(settings.sendTimeoutMs);
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  return {
    settings,
    endpoints,
    endpointNamed: (name) => byName.get(name),
    publisherFor: (endpoint) => serviceBusPublisher(pool, connectionStringOf(endpoint), endpoint.path),
    store: { ...tableJobStore(table), ...sweepQueries(table), list: (query) => listJobs(table, query) },
  };
};

/** Reads all configuration and reports all of its faults together. */
export const composeBridge = (environment: Environment): BridgeState => {
  const settingsRead = readSettings(environment);
  const path = environment['BRIDGE_ENDPOINTS_FILE'] || 'endpoints.json';
  const endpointsRead = readEndpointsFile(path);
  const connections =
    endpointsRead.kind === 'read' ? readConnections(endpointsRead.endpoints, environment) : undefined;
  const faults = [settingsRead, endpointsRead, connections].flatMap((read) =>
    read?.kind === 'faulty' ? read.faults : [],
  );
  if (settingsRead.kind === 'faulty' || endpointsRead.kind === 'faulty' || connections?.kind !== 'read') {
    return { kind: 'faulty', faults };
  }
  const bridge = wire(settingsRead.settings, endpointsRead.endpoints, connections.connectionStringOf);
  return { kind: 'ready', bridge };
};

/** What start-up logs: no secret, only whether it is set. */
const effective = ({ settings, endpoints }: Bridge) => ({
  ...settings,
  storageConnection: 'set',
  endpoints: endpoints.map(({ name, contract, connection, path, messageFormat }) => ({
    name,
    contract,
    connection,
    path,
    messageFormat,
  })),
});

const startUp = (): BridgeState => {
  const state = composeBridge(process.env);
  if (state.kind === 'ready') logEvents.configurationRead(console, effective(state.bridge));
  else logEvents.configurationFaulty(console, state.faults);
  return state;
};

/** The app's one bridge, composed when the first function is loaded. */
export const bridgeState: BridgeState = startUp();
