import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { azuriteConnectionString, startAzurite } from '../local/azurite/startAzurite.ts';
import type { Child } from '../local/process/child.ts';
import { startFaultProxy, type FaultProxy } from '../local/proxy/faultProxy.ts';
import { startBusChild, startHostChild, type BusChild, type HostChild } from '../local/stack/children.ts';
import { prepareApp, queue, type Contender } from './contenders.ts';

/** One contender, freshly started on a platform of its own. */
export interface Arena {
  readonly bus: BusChild;
  readonly host: HostChild;
  /** Between app and storage, where requests are counted; absent unless asked for, since it costs time. */
  readonly storage: FaultProxy | undefined;
  stop(): Promise<void>;
}

export interface ArenaOptions {
  readonly contender: Contender;
  readonly skipTime?: boolean;
  readonly countRequests?: boolean;
}

const settingsOf = (app: string, storagePort: number, bus: BusChild): Record<string, string> => ({
  FUNCTIONS_WORKER_RUNTIME: 'node',
  TASK_HUB_NAME: 'BridgeBench',
  AzureWebJobsStorage: azuriteConnectionString(storagePort),
  ServiceBusConnection: bus.ready.connectionString,
  BRIDGE_ENDPOINTS_FILE: join(app, 'endpoints.json'),
  // Its requests would be counted with those of the jobs.
  'AzureWebJobs.sweeperTimer.Disabled': 'true',
});

/** Storage and bus keep their state in memory: their disks are not what is measured. The hub is on disk, as it must be. */
export const openArena = async (options: ArenaOptions): Promise<Arena> => {
  const folder = await mkdtemp(join(tmpdir(), 'bridge-bench-'));
  const app = await prepareApp(options.contender);
  const azurite: Child<{ port: number }> = await startAzurite({ port: await getPort() });
  const storage = options.countRequests === true ? await startFaultProxy(azurite.ready.port) : undefined;
  const bus = await startBusChild(folder, { queues: [{ name: queue, maxSizeBytes: 8 * 1024 ** 3 }] });
  const host = await startHostChild({
    app,
    port: 0,
    state: join(folder, 'host'),
    settings: settingsOf(app, storage?.port ?? azurite.ready.port, bus),
    logLevel: 'warning',
    ...(options.skipTime === undefined ? {} : { skipTime: options.skipTime }),
  });
  return {
    bus,
    host,
    storage,
    stop: async () => {
      await host.stop();
      await bus.stop();
      await storage?.close();
      await azurite.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
