import { join } from 'node:path';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../azurite/startAzurite.ts';
import type { Child } from '../process/child.ts';
import { repositoryRoot } from '../process/programs.ts';
import {
  startBusChild,
  startHostChild,
  startRelayChild,
  type BusChild,
  type HostChild,
  type RelayChild,
} from './children.ts';
import {
  busEntitiesOf,
  connectionSettingsOf,
  relaysOf,
  type LocalConnections,
  type LocalEndpoint,
} from './localEndpoints.ts';

/** All of Azure that the app needs, on this machine: storage, the namespaces it posts to, and a Functions host. */
export interface Stack {
  readonly azurite: Child<unknown>;
  readonly bus: BusChild;
  readonly relay: RelayChild;
  readonly connections: LocalConnections;
  readonly host: HostChild;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Keeps everything; one that exists already is continued. */
  readonly state: string;
  /** What the app posts to; all of it is made to exist. */
  readonly endpoints: readonly LocalEndpoint[];
  readonly settings?: Readonly<Record<string, string>>;
  /** The app's folder; the repository's own app when absent. */
  readonly app?: string;
  /** Preferred ports; others are taken when these are in use. */
  readonly ports?: {
    readonly azurite: number;
    readonly blobs: number;
    readonly bus: number;
    readonly relay: number;
    readonly host: number;
  };
  readonly logLevel?: string;
  /** Told what is being started, before it is. */
  readonly onProgress?: (what: string) => void;
  readonly onLog?: (who: 'azurite' | 'bus' | 'relay' | 'host', line: string) => void;
}

const settingsOf = (
  options: StackOptions,
  storage: string,
  connections: LocalConnections,
): Record<string, string> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  TASK_HUB_NAME: 'BridgeLocal',
  AzureWebJobsStorage: storage,
  ...connectionSettingsOf(options.endpoints, connections),
  ...options.settings,
});

const stopAll = async (children: readonly Child<unknown>[]): Promise<void> => {
  // The host first: it finishes what it is at while storage and bus still answer.
  for (const child of [...children].reverse()) await child.stop();
};

const portNear = (wanted: number | undefined): Promise<number> =>
  getPort(wanted === undefined ? {} : { port: wanted });

/** Starts everything, in the order in which one needs the other. What was started ends again if something fails. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { state, ports, onProgress = () => undefined, onLog = () => undefined } = options;
  const children: Child<unknown>[] = [];
  const keep = <C extends Child<unknown>>(child: C): C => {
    children.push(child);
    return child;
  };
  try {
    onProgress('Azurite (Table and Blob Storage)');
    const azuritePort = await portNear(ports?.azurite);
    const blobPort = await portNear(ports?.blobs);
    const azurite = keep(
      await startAzurite({
        port: azuritePort,
        blobPort,
        state: join(state, 'azurite'),
        onLog: (line) => onLog('azurite', line),
      }),
    );
    onProgress('Service Bus and Event Hubs stand-in');
    const busConfig = {
      port: await portNear(ports?.bus),
      ...busEntitiesOf(options.endpoints),
      stateFolder: join(state, 'bus'),
    };
    const bus = keep(await startBusChild(state, busConfig, (line) => onLog('bus', line)));
    onProgress('Relay stand-in');
    const relayConfig = { port: await portNear(ports?.relay), relays: relaysOf(options.endpoints) };
    const relay = keep(await startRelayChild(state, relayConfig, (line) => onLog('relay', line)));
    const connections = {
      serviceBus: bus.ready.connectionString,
      eventHubs: bus.ready.eventHubsConnectionString,
      relay: relay.ready.relayConnectionString,
    };
    onProgress('Functions host with the app');
    const host = keep(
      await startHostChild({
        app: options.app ?? repositoryRoot,
        port: await portNear(ports?.host),
        state: join(state, 'host'),
        settings: settingsOf(options, azuriteConnectionString(azuritePort, blobPort), connections),
        ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
        onLog: (line) => onLog('host', line),
      }),
    );
    return { azurite, bus, relay, connections, host, stop: () => stopAll(children) };
  } catch (error) {
    await stopAll(children);
    throw error;
  }
};
