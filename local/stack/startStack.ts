import { join } from 'node:path';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../azurite/startAzurite.ts';
import type { QueueOptions } from '../bus/broker/queueSettings.ts';
import type { Child } from '../process/child.ts';
import { repositoryRoot } from '../process/programs.ts';
import { startBusChild, startHostChild, type BusChild, type HostChild } from './children.ts';

/** All of Azure that the app needs, on this machine: storage, a Service Bus namespace and a Functions host. */
export interface Stack {
  readonly azurite: Child<unknown>;
  readonly bus: BusChild;
  readonly host: HostChild;
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Keeps everything; one that exists already is continued. */
  readonly state: string;
  readonly queues: readonly QueueOptions[];
  /** Names of the settings that get the bus's connection string. */
  readonly connectionSettings: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** The app's folder; the repository's own app when absent. */
  readonly app?: string;
  /** Preferred ports; others are taken when these are in use. */
  readonly ports?: { readonly azurite: number; readonly bus: number; readonly host: number };
  readonly logLevel?: string;
  /** Told what is being started, before it is. */
  readonly onProgress?: (what: string) => void;
  readonly onLog?: (who: 'azurite' | 'bus' | 'host', line: string) => void;
}

const settingsOf = (options: StackOptions, azuritePort: number, bus: BusChild): Record<string, string> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  TASK_HUB_NAME: 'BridgeLocal',
  AzureWebJobsStorage: azuriteConnectionString(azuritePort),
  ...Object.fromEntries(options.connectionSettings.map((name) => [name, bus.ready.connectionString])),
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
    onProgress('Azurite (Table Storage)');
    const azuritePort = await portNear(ports?.azurite);
    const azurite = keep(
      await startAzurite({
        port: azuritePort,
        state: join(state, 'azurite'),
        onLog: (line) => onLog('azurite', line),
      }),
    );
    onProgress('Service Bus stand-in');
    const busConfig = {
      port: await portNear(ports?.bus),
      queues: options.queues,
      stateFolder: join(state, 'bus'),
    };
    const bus = keep(await startBusChild(state, busConfig, (line) => onLog('bus', line)));
    onProgress('Functions host with the app');
    const host = keep(
      await startHostChild({
        app: options.app ?? repositoryRoot,
        port: await portNear(ports?.host),
        state: join(state, 'host'),
        settings: settingsOf(options, azuritePort, bus),
        ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
        onLog: (line) => onLog('host', line),
      }),
    );
    return { azurite, bus, host, stop: () => stopAll(children) };
  } catch (error) {
    await stopAll(children);
    throw error;
  }
};
