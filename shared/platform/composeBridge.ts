import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { blobClaimStore } from '../azure/blobs/blobClaimStore.ts';
import { credentials } from '../azure/credentials.ts';
import { publishers } from '../azure/publishers.ts';
import { endpointStates } from '../azure/tables/endpointStates.ts';
import { endpointStatistics } from '../azure/tables/endpointStatistics.ts';
import { openTable, type TableAccess } from '../azure/tables/tableAccess.ts';
import { tableJobStore } from '../azure/tables/tableJobStore.ts';
import { masksOf, type Masks } from '../context/masks.ts';
import type { HintsMap } from '../context/write/hints.ts';
import { tableOperationStore } from '../azure/tables/tableOperationStore.ts';
import type { Publisher } from '../delivery/delivery.ts';
import { readEndpoints, type EndpointsFile, type EndpointsRead } from '../endpoint/readEndpoints.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Route } from '../endpoint/routes.ts';
import type { BacklogCount } from '../gate/backlog.ts';
import type { EndpointStore } from '../gate/endpointStore.ts';
import { emptyGateMemory, type GateMemory } from '../gate/gatekeeper.ts';
import { statisticsKeeper, type StatisticsKeeper, type StatisticsStore } from '../gate/statisticsKeeper.ts';
import { shortMemory, type ShortMemory } from '../memory/shortMemory.ts';
import type { Summary } from '../group/summary.ts';
import type { VitalSigns } from '../job/vitalSigns.ts';
import type { JobStore } from '../job/jobStore.ts';
import type { ClaimStore } from '../message/claimStore.ts';
import type { OperationStore } from '../operation/operationStore.ts';
import { contextEncoder, type EncodeContext } from '../message/encodeContext.ts';
import { after, elapsedMs, now } from './clock.ts';
import { endpointUnreadable, statisticsFailed } from './gateLogEvents.ts';
import { newInstanceName } from './instanceName.ts';
import { readConnections, type Connections } from './connections.ts';
import type { Environment } from './environment.ts';
import { appFolder, installationOf, type Installation } from './installation.ts';
import { endpointsFileOf, readSettings, type Settings } from './settings.ts';

/** Everything the functions work with, wired together. */
export interface Bridge {
  readonly settings: Settings;
  readonly endpoints: readonly ServiceEndpoint[];
  /** Where notifications go that are posted without the name of an endpoint. */
  readonly routes: readonly Route[];
  readonly endpointNamed: (name: string) => ServiceEndpoint | undefined;
  readonly encode: EncodeContext;
  /** What people are not shown. */
  readonly masks: Masks;
  /** Writes contexts with masked values, which no hint fits. */
  readonly encodeMasked: EncodeContext;
  readonly claims: ClaimStore;
  readonly publisherFor: (endpoint: ServiceEndpoint) => Publisher;
  /** How the app signs in for an endpoint; no secret. */
  readonly identityOf: (endpoint: ServiceEndpoint) => string;
  readonly store: JobStore;
  /** The states of endpoints. */
  readonly endpointStore: EndpointStore;
  readonly statisticsStore: StatisticsStore;
  /** Counts the attempts of this process. */
  readonly statistics: StatisticsKeeper;
  /** What this process remembers of endpoints between attempts. */
  readonly gateMemory: GateMemory;
  /** How things stood a moment ago: what many pages that look on ask for again and again. */
  readonly summaries: ShortMemory<Summary>;
  /** The same for what waits at the endpoints, and for what health tells of the jobs. */
  readonly backlogs: ShortMemory<BacklogCount>;
  readonly vitalSigns: ShortMemory<VitalSigns>;
  /** Bulk operations. */
  readonly operations: OperationStore;
  /** What support asks for. */
  readonly installation: Installation;
}

/** An app that is configured wrongly stays up: it answers 503 and says why, rather than losing events. */
export type BridgeState =
  | { readonly kind: 'ready'; readonly bridge: Bridge }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

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
        elapsedMs,
      }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'faulty', faults: [`AzureWebJobsStorage is not usable: ${reason}.`] };
  }
};

type ClaimsRead =
  | { readonly kind: 'read'; readonly claims: ClaimStore }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Of an app whose endpoints leave nothing in blobs. */
const noClaims: ClaimStore = {
  referenceOf: () => '',
  put: () => Promise.reject(new Error('No endpoint has oversize claimCheck.')),
};

const openClaims = (settings: Settings, { endpoints }: EndpointsFile): ClaimsRead => {
  const { storageConnection, claimsContainer, storageTimeoutMs } = settings;
  if (!endpoints.some(({ oversize }) => oversize === 'claimCheck')) return { kind: 'read', claims: noClaims };
  try {
    return {
      kind: 'read',
      claims: blobClaimStore({
        connectionString: storageConnection,
        container: claimsContainer,
        deadlineMs: storageTimeoutMs,
      }),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'faulty', faults: [`AzureWebJobsStorage cannot keep contexts in blobs: ${reason}.`] };
  }
};

/** A masked value is a text, whatever its column's is. */
const unmaskedHints = (hints: HintsMap, { hides }: Masks): HintsMap =>
  Object.fromEntries(
    Object.entries(hints).filter(([name]) => !hides(undefined, name.slice(name.indexOf('.') + 1))),
  );

/** Longest that what was counted is shown again. */
const countsKeptMs = 3000;

const wire = (
  settings: Settings,
  { endpoints, routes, hints, masked }: EndpointsFile,
  { connectionOf, identityOf }: Connections,
  table: TableAccess,
  claims: ClaimStore,
  installation: Installation,
): Bridge => {
  const masks = masksOf(masked);
  const statisticsStore = endpointStatistics(table);
  const byName = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]));
  return {
    settings,
    endpoints,
    routes,
    endpointNamed: (name) => byName.get(name),
    encode: contextEncoder(hints),
    masks,
    encodeMasked: contextEncoder(unmaskedHints(hints, masks)),
    claims,
    publisherFor: publishers({
      sendTimeoutMs: settings.sendTimeoutMs,
      connectionOf,
      credentialFor: credentials(),
      nowMs: () => now().getTime(),
    }),
    identityOf,
    store: tableJobStore(table),
    endpointStore: endpointStates(table, (endpoint, error) => endpointUnreadable(console, endpoint, error)),
    statisticsStore,
    statistics: statisticsKeeper({
      store: statisticsStore,
      instance: newInstanceName(),
      after,
      failed: (error) => statisticsFailed(console, error),
    }),
    gateMemory: emptyGateMemory(),
    summaries: shortMemory(countsKeptMs, elapsedMs),
    backlogs: shortMemory(countsKeptMs, elapsedMs),
    vitalSigns: shortMemory(countsKeptMs, elapsedMs),
    operations: tableOperationStore(table),
    installation,
  };
};

/** Reads all configuration and reports all of its faults together. */
export const composeBridge = (environment: Environment): BridgeState => {
  const settings = readSettings(environment);
  const file = readEndpointsFile(endpointsFileOf(environment));
  const connections = file.kind === 'read' ? readConnections(file.endpoints, environment) : undefined;
  const jobs = settings.kind === 'read' ? openJobsTable(settings.settings) : undefined;
  const claims =
    settings.kind === 'read' && file.kind === 'read' ? openClaims(settings.settings, file) : undefined;
  if (
    settings.kind === 'read' &&
    file.kind === 'read' &&
    connections?.kind === 'read' &&
    jobs?.kind === 'read' &&
    claims?.kind === 'read'
  ) {
    const installation = installationOf(environment, file.endpoints);
    const bridge = wire(settings.settings, file, connections, jobs.table, claims.claims, installation);
    return { kind: 'ready', bridge };
  }
  const faults = [settings, file, connections, jobs, claims].flatMap((read) =>
    read?.kind === 'faulty' ? read.faults : [],
  );
  return { kind: 'faulty', faults };
};
