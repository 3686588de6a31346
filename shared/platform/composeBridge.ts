import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientPool } from '../azure/serviceBus/clientPool.ts';
import { serviceBusPublisher } from '../azure/serviceBus/serviceBusPublisher.ts';
import { listJobs } from '../azure/tables/jobLister.ts';
import { sweepQueries, type SweepQueries } from '../azure/tables/sweepQueries.ts';
import { openTable, type TableAccess } from '../azure/tables/tableAccess.ts';
import { tableJobStore, type TableJobStore } from '../azure/tables/tableJobStore.ts';
import type { Publisher } from '../delivery/delivery.ts';
import { readEndpoints, type EndpointsRead } from '../endpoint/readEndpoints.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { JobListStore } from '../job/jobList.ts';
import { readConnections } from './connections.ts';
import { endpointsFileOf, readSettings, type Environment, type Settings } from './settings.ts';

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

type TableRead =
  | { readonly kind: 'read'; readonly table: TableAccess }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** The client checks the connection string when it is made. */
const openJobsTable = ({ storageConnection, jobsTable, storageTimeoutMs }: Settings): TableRead => {
  try {
    return {
      kind: 'read',
      table: openTable({
        connectionString: storageConnection,
        tableName: jobsTable,
        deadlineMs: storageTimeoutMs,
      }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'faulty', faults: [`AzureWebJobsStorage is not usable: ${reason}.`] };
  }
};

const wire = (
  settings: Settings,
  endpoints: readonly ServiceEndpoint[],
  connectionStringOf: (endpoint: ServiceEndpoint) => string,
  table: TableAccess,
): Bridge => {
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
  const settings = readSettings(environment);
  const file = readEndpointsFile(endpointsFileOf(environment));
  const connections = file.kind === 'read' ? readConnections(file.endpoints, environment) : undefined;
  const jobs = settings.kind === 'read' ? openJobsTable(settings.settings) : undefined;
  if (
    settings.kind === 'read' &&
    file.kind === 'read' &&
    connections?.kind === 'read' &&
    jobs?.kind === 'read'
  ) {
    const bridge = wire(settings.settings, file.endpoints, connections.connectionStringOf, jobs.table);
    return { kind: 'ready', bridge };
  }
  const faults = [settings, file, connections, jobs].flatMap((read) =>
    read?.kind === 'faulty' ? read.faults : [],
  );
  return { kind: 'faulty', faults };
};
