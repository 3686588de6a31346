import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../../local/azurite/startAzurite.ts';
import type { QueueOptions } from '../../local/bus/broker/queueSettings.ts';
import type { ChaosConfig } from '../../local/host/chaos/config.ts';
import type { Child } from '../../local/process/child.ts';
import { repositoryRoot } from '../../local/process/programs.ts';
import { startFaultProxy, type FaultProxy } from '../../local/proxy/faultProxy.ts';
import { startBusChild, startHostChild, type BusChild, type HostChild } from '../../local/stack/children.ts';
import type { JobDetail, JobSummary } from '../../shared/api/jobJson.ts';
import type { JobStatus } from '../../shared/job/jobStatus.ts';

export type PostBody = string | Uint8Array<ArrayBuffer>;

/** The whole app on the local platform, driven as Dataverse, an administrator and a listener would. */
export interface RunningApp {
  readonly baseUrl: string;
  readonly functionKey: string;
  readonly masterKey: string;
  readonly bus: BusChild;
  readonly host: () => HostChild;
  /** Stands between the app and its storage. */
  readonly storage: FaultProxy;
  readonly log: string[];
  notify(body: PostBody, options?: NotifyOptions): Promise<Response>;
  /** Posts and gives the job's id; fails unless it was accepted. */
  accept(body: PostBody, options?: NotifyOptions): Promise<string>;
  get(path: string): Promise<Response>;
  job(id: string): Promise<JobDetail>;
  jobs(query?: string): Promise<{ readonly jobs: JobSummary[]; readonly next: string | null }>;
  act(id: string, action: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Waits until a job has the status. */
  until(id: string, status: JobStatus): Promise<JobDetail>;
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

export interface NotifyOptions {
  readonly endpoint?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Query of the request instead of the function key. */
  readonly query?: string;
}

export interface AppOptions {
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

/** Longest that anything is waited for; a test that needs it has failed. */
const patienceMs = 60_000;

/** Asks again and again until the answer is good; the last word is in the message when it never is. */
export const eventually = async <Value>(
  what: string,
  ask: () => Promise<Value | undefined>,
  describe: () => string = () => '',
): Promise<Value> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}. ${describe()}`);
    await delay(25);
  }
};

interface Ground {
  readonly folder: string;
  readonly azurite: Child<unknown>;
  readonly storage: FaultProxy;
  bus: BusChild;
  readonly restartBus: () => Promise<BusChild>;
}

const prepareGround = async (options: AppOptions, onLog: (line: string) => void): Promise<Ground> => {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-app-'));
  const azurite = await startAzurite({ port: await getPort(), onLog });
  const storage = await startFaultProxy(azurite.ready.port);
  const busConfig = {
    port: await getPort(),
    stateFolder: join(folder, 'bus'),
    queues: options.queues ?? [{ name: mainQueue, duplicateDetectionWindowMs: 3_600_000 }],
  };
  const restartBus = (): Promise<BusChild> => startBusChild(folder, busConfig, onLog);
  const bus = await restartBus();
  await writeFile(
    join(folder, 'endpoints.json'),
    options.endpointsFile ?? JSON.stringify({ endpoints: [ordersEndpoint] }),
  );
  return { folder, azurite, storage, bus, restartBus };
};

/** Starts the app and everything it needs. */
export const startApp = async (options: AppOptions = {}): Promise<RunningApp> => {
  const log: string[] = [];
  const ground = await prepareGround(options, (line) => log.push(line));
  const port = await getPort();
  const functionKeys = ['test-key-one', 'test-key-two'];
  const hostWith = (chaos: ChaosConfig | undefined): Promise<HostChild> =>
    startHostChild({
      app: repositoryRoot,
      port,
      state: join(ground.folder, 'host'),
      functionKeys,
      settings: {
        FUNCTIONS_WORKER_RUNTIME: 'node',
        TASK_HUB_NAME: 'BridgeTests',
        AzureWebJobsStorage: azuriteConnectionString(ground.storage.port),
        ServiceBusConnection: ground.bus.ready.connectionString,
        BRIDGE_ENDPOINTS_FILE: join(ground.folder, 'endpoints.json'),
        BRIDGE_SEND_TIMEOUT_SECONDS: '5',
        ...options.settings,
      },
      ...(options.skipTime === undefined ? {} : { skipTime: options.skipTime }),
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      ...(chaos === undefined ? {} : { chaos }),
      onLog: (line) => log.push(line),
    });
  let host = await hostWith(options.chaos);
  const { baseUrl, masterKey } = host.ready;
  const functionKey = functionKeys[0] ?? '';

  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { 'x-functions-key': functionKey, ...(init.headers as Record<string, string> | undefined) },
    });

  const notify = (body: PostBody, { endpoint = 'orders', headers = {}, query }: NotifyOptions = {}) =>
    fetch(`${baseUrl}/api/notify/${endpoint}?${query ?? `code=${functionKey}`}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  const job = async (id: string): Promise<JobDetail> =>
    (await request(`/api/jobs/${id}`)).json() as Promise<JobDetail>;

  return {
    baseUrl,
    functionKey,
    masterKey,
    get bus() {
      return ground.bus;
    },
    host: () => host,
    storage: ground.storage,
    log,
    notify,
    accept: async (body, notifyOptions) => {
      const response = await notify(body, notifyOptions);
      if (response.status !== 202)
        throw new Error(`Not accepted: ${response.status} ${await response.text()}`);
      const { job: accepted } = (await response.json()) as { job: { id: string } };
      return accepted.id;
    },
    get: (path) => request(path),
    job,
    jobs: async (query = '') =>
      (await request(`/api/jobs?${query}`)).json() as ReturnType<RunningApp['jobs']>,
    act: (id, action, body, headers = {}) =>
      request(`/api/jobs/${id}/${action}`, {
        method: 'POST',
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    until: (id, status) => {
      let last: JobDetail | undefined;
      return eventually(
        `job ${id} is ${status}`,
        async () => {
          last = await job(id).catch(() => undefined);
          return last?.status === status ? last : undefined;
        },
        () => `It is: ${JSON.stringify(last)}`,
      );
    },
    receiveAll: async (queue = mainQueue) => {
      const client = new ServiceBusClient(ground.bus.ready.connectionString);
      const receiver = client.createReceiver(queue, {
        receiveMode: 'receiveAndDelete',
        skipParsingBodyAsJson: true,
      });
      const messages: ServiceBusReceivedMessage[] = [];
      const { active } = await ground.bus.control.queue(queue);
      while (messages.length < active) {
        messages.push(
          ...(await receiver.receiveMessages(active - messages.length, { maxWaitTimeInMs: 2000 })),
        );
      }
      await client.close();
      return messages;
    },
    fire: async (timer) => {
      const response = await fetch(`${baseUrl}/admin/functions/${timer}`, {
        method: 'POST',
        headers: { 'x-functions-key': masterKey, 'content-type': 'application/json' },
        body: '{}',
      });
      if (response.status !== 202) throw new Error(`The timer ${timer} was not fired: ${response.status}`);
    },
    startHostAgain: async (chaos) => {
      host = await hostWith(chaos);
    },
    startBusAgain: async () => {
      ground.bus = await ground.restartBus();
    },
    stop: async () => {
      await host.stop();
      await ground.bus.stop();
      await ground.storage.close();
      await ground.azurite.stop();
      await rm(ground.folder, { recursive: true, force: true });
    },
  };
};
