import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { QueueOptions } from '../../local/bus/broker/queueSettings.ts';
import type { BusConfig } from '../../local/bus/busOptions.ts';
import type { ChaosConfig } from '../../local/host/chaos/config.ts';
import type { Ready } from '../../local/host/options.ts';
import type { Child } from '../../local/process/child.ts';
import { repositoryRoot } from '../../local/process/programs.ts';
import { startFaultProxy, type FaultProxy } from '../../local/proxy/faultProxy.ts';
import type { RelaySettings } from '../../local/relay/relayOptions.ts';
import {
  startBusChild,
  startHostChild,
  startRelayChild,
  type BusChild,
  type HostChild,
  type RelayChild,
} from '../../local/stack/children.ts';
import type { LocalConnections } from '../../local/stack/localEndpoints.ts';
import { appClient, type AppClient } from './appClient.ts';

/** The whole app on the local platform, driven as Dataverse, an administrator and a listener would. */
export interface RunningApp extends AppClient {
  readonly baseUrl: string;
  readonly functionKey: string;
  readonly masterKey: string;
  readonly bus: BusChild;
  readonly relay: RelayChild;
  readonly connections: LocalConnections;
  /** Connection string of the app's storage. */
  readonly storageConnection: string;
  readonly host: () => HostChild;
  /** Stands between the app and its storage. */
  readonly storage: FaultProxy;
  readonly log: string[];
  /** Takes every message out of the queue. */
  receiveAll(queue?: string): Promise<ServiceBusReceivedMessage[]>;
  /** Runs a timer function now. */
  fire(timer: string): Promise<void>;
  /** Starts the host again after it was killed or stopped; the same hub, port and keys. */
  startHostAgain(chaos?: ChaosConfig): Promise<void>;
  /** Starts the bus again after it was killed; the same messages and port. */
  startBusAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface AppOptions extends Pick<BusConfig, 'topics' | 'eventHubs'> {
  readonly relays?: readonly RelaySettings[];
  /** Whether storage has a blob service, too. */
  readonly blobs?: boolean;
  readonly queues?: readonly QueueOptions[];
  /** Content of the endpoints file; one endpoint `orders` to the queue `dataverse-events` when absent. */
  readonly endpointsFile?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly chaos?: ChaosConfig;
  readonly skipTime?: boolean;
  readonly workers?: number;
}

export const mainQueue = 'dataverse-events';

export const ordersEndpoint = {
  name: 'orders',
  contract: 'queue',
  connection: 'ServiceBusConnection',
  path: mainQueue,
} as const;

/** A retry policy for tests that wait until the receiver is back. */
export const quickRetry = { firstDelaySeconds: 1, factor: 1, longestDelaySeconds: 1 } as const;

/** An endpoints file with {@link ordersEndpoint}, retried quickly. */
export const quickEndpointsFile = JSON.stringify({ endpoints: [{ ...ordersEndpoint, retry: quickRetry }] });

interface Ground {
  readonly folder: string;
  readonly blobPort: number | undefined;
  readonly azurite: Child<unknown>;
  readonly relay: RelayChild;
  readonly storage: FaultProxy;
  bus: BusChild;
  readonly restartBus: () => Promise<BusChild>;
}

const prepareGround = async (options: AppOptions, onLog: (line: string) => void): Promise<Ground> => {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-app-'));
  const blobPort = options.blobs === true ? await getPort() : undefined;
  const azurite = await startAzurite({
    port: await getPort(),
    ...(blobPort === undefined ? {} : { blobPort }),
    onLog,
  });
  const storage = await startFaultProxy(azurite.ready.port);
  const busConfig = {
    port: await getPort(),
    stateFolder: join(folder, 'bus'),
    queues: options.queues ?? [{ name: mainQueue, duplicateDetectionWindowMs: 3_600_000 }],
    ...(options.topics === undefined ? {} : { topics: options.topics }),
    ...(options.eventHubs === undefined ? {} : { eventHubs: options.eventHubs }),
  };
  const restartBus = (): Promise<BusChild> => startBusChild(folder, busConfig, onLog);
  const bus = await restartBus();
  const relay = await startRelayChild(folder, { relays: options.relays ?? [] }, onLog);
  await writeFile(
    join(folder, 'endpoints.json'),
    options.endpointsFile ?? JSON.stringify({ endpoints: [ordersEndpoint] }),
  );
  return { folder, blobPort, azurite, relay, storage, bus, restartBus };
};

const functionKeys = ['test-key-one', 'test-key-two'] as const;

/** Starts hosts on the ground, one after the other: the same hub, port and keys. */
const hostStarter = (
  ground: Ground,
  options: AppOptions,
  port: number,
  onLog: (line: string) => void,
): ((chaos: ChaosConfig | undefined) => Promise<HostChild>) => {
  const { settings, skipTime, workers } = options;
  return (chaos) =>
    startHostChild({
      app: repositoryRoot,
      port,
      state: join(ground.folder, 'host'),
      functionKeys,
      settings: {
        FUNCTIONS_WORKER_RUNTIME: 'node',
        TASK_HUB_NAME: 'BridgeTests',
        AzureWebJobsStorage: azuriteConnectionString(ground.storage.port, ground.blobPort),
        ServiceBusConnection: ground.bus.ready.connectionString,
        EventHubsConnection: ground.bus.ready.eventHubsConnectionString,
        RelayConnection: ground.relay.ready.relayConnectionString,
        BRIDGE_ENDPOINTS_FILE: join(ground.folder, 'endpoints.json'),
        BRIDGE_SEND_TIMEOUT_SECONDS: '5',
        ...settings,
      },
      ...(skipTime === undefined ? {} : { skipTime }),
      ...(workers === undefined ? {} : { workers }),
      ...(chaos === undefined ? {} : { chaos }),
      onLog,
    });
};

const takeAll = async (bus: BusChild, queue: string): Promise<ServiceBusReceivedMessage[]> => {
  const client = new ServiceBusClient(bus.ready.connectionString);
  const receiver = client.createReceiver(queue, {
    receiveMode: 'receiveAndDelete',
    skipParsingBodyAsJson: true,
  });
  const messages: ServiceBusReceivedMessage[] = [];
  const { active } = await bus.control.queue(queue);
  while (messages.length < active) {
    messages.push(...(await receiver.receiveMessages(active - messages.length, { maxWaitTimeInMs: 2000 })));
  }
  await client.close();
  return messages;
};

const fireTimer = async ({ baseUrl, masterKey }: Ready, timer: string): Promise<void> => {
  const response = await fetch(`${baseUrl}/admin/functions/${timer}`, {
    method: 'POST',
    headers: { 'x-functions-key': masterKey, 'content-type': 'application/json' },
    body: '{}',
  });
  if (response.status !== 202) throw new Error(`The timer ${timer} was not fired: ${response.status}`);
};

/** Starts the app and everything it needs. */
export const startApp = async (options: AppOptions = {}): Promise<RunningApp> => {
  const log: string[] = [];
  const onLog = (line: string): void => void log.push(line);
  const ground = await prepareGround(options, onLog);
  const startHost = hostStarter(ground, options, await getPort(), onLog);
  let host = await startHost(options.chaos);
  const { baseUrl, masterKey } = host.ready;
  const [functionKey] = functionKeys;
  return {
    ...appClient(baseUrl, functionKey),
    baseUrl,
    functionKey,
    masterKey,
    get bus() {
      return ground.bus;
    },
    relay: ground.relay,
    get connections() {
      return {
        serviceBus: ground.bus.ready.connectionString,
        eventHubs: ground.bus.ready.eventHubsConnectionString,
        relay: ground.relay.ready.relayConnectionString,
      };
    },
    host: () => host,
    storage: ground.storage,
    storageConnection: azuriteConnectionString(ground.storage.port, ground.blobPort),
    log,
    receiveAll: (queue = mainQueue) => takeAll(ground.bus, queue),
    fire: (timer) => fireTimer(host.ready, timer),
    startHostAgain: async (chaos) => {
      host = await startHost(chaos);
    },
    startBusAgain: async () => {
      ground.bus = await ground.restartBus();
    },
    stop: async () => {
      await host.stop();
      await ground.relay.stop();
      await ground.bus.stop();
      await ground.storage.close();
      await ground.azurite.stop();
      await rm(ground.folder, { recursive: true, force: true });
    },
  };
};
