import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BusConfig } from '../bus/busOptions.ts';
import { repositoryRoot } from '../process/programs.ts';
import type { RelaySettings } from '../relay/relayOptions.ts';

/** An endpoint of the app's endpoints file, as far as the platform has to provide for it. */
export interface LocalEndpoint {
  readonly name: string;
  readonly contract: string;
  readonly connection: string;
  readonly path: string;
  readonly messageFormat: string;
  readonly listener: string;
}

type Optional = 'messageFormat' | 'listener';

interface EndpointsFile {
  readonly endpoints: readonly (Omit<LocalEndpoint, Optional> & Partial<Pick<LocalEndpoint, Optional>>)[];
}

/** What the app will serve. The app checks the file itself; here it is only read for what has to exist. */
export const readLocalEndpoints = (): LocalEndpoint[] => {
  const text = readFileSync(join(repositoryRoot, 'endpoints.json'), 'utf8');
  const { endpoints } = JSON.parse(text) as EndpointsFile;
  return endpoints.map(
    ({ name, contract, connection, path, messageFormat = 'json', listener = 'hybridConnection' }) => ({
      name,
      contract,
      connection,
      path,
      messageFormat,
      listener,
    }),
  );
};

/** A day: longer than the longest wait between two attempts. */
const duplicateDetectionWindowMs = 86_400_000;

/** The one subscription that each topic has here. */
export const subscriptionName = 'everything';

const partitions = 4;

const pathsOf = (endpoints: readonly LocalEndpoint[], ...contracts: readonly string[]): string[] => [
  ...new Set(endpoints.filter(({ contract }) => contracts.includes(contract)).map(({ path }) => path)),
];

/** Queues, topics and event hubs that the endpoints post to. */
export const busEntitiesOf = (
  endpoints: readonly LocalEndpoint[],
): Required<Pick<BusConfig, 'queues' | 'topics' | 'eventHubs'>> => ({
  queues: pathsOf(endpoints, 'queue').map((name) => ({ name, duplicateDetectionWindowMs })),
  topics: pathsOf(endpoints, 'topic').map((name) => ({
    name,
    duplicateDetectionWindowMs,
    subscriptions: [{ name: subscriptionName }],
  })),
  eventHubs: pathsOf(endpoints, 'eventHub').map((name) => ({ name, partitions })),
});

const relayContracts = ['oneWay', 'twoWay', 'rest'];

/** Relays that the endpoints post to. */
export const relaysOf = (endpoints: readonly LocalEndpoint[]): RelaySettings[] =>
  endpoints
    .filter(({ contract }) => relayContracts.includes(contract))
    .map(({ path, listener }) => ({ name: path, kind: listener === 'wcf' ? 'wcf' : 'hybridConnection' }));

/** Connection strings of the platform, by kind of service. */
export interface LocalConnections {
  readonly serviceBus: string;
  readonly eventHubs: string;
  readonly relay: string;
}

const serviceOf = (contract: string): keyof LocalConnections => {
  if (relayContracts.includes(contract)) return 'relay';
  return contract === 'eventHub' ? 'eventHubs' : 'serviceBus';
};

export const connectionOf = (connections: LocalConnections, { contract }: LocalEndpoint): string =>
  connections[serviceOf(contract)];

/** The settings that the endpoints name, with the platform's connection strings. */
export const connectionSettingsOf = (
  endpoints: readonly LocalEndpoint[],
  connections: LocalConnections,
): Record<string, string> =>
  Object.fromEntries(endpoints.map((endpoint) => [endpoint.connection, connectionOf(connections, endpoint)]));
