import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, type CommandLine } from './commandLine.ts';
import { newOperations } from './contexts.ts';
import { ordersEndpoint, startApp, type RunningApp } from './runningApp.ts';

/** A running app and the command line that is told of it. */
export interface CliApp {
  readonly app: RunningApp;
  readonly bridge: CommandLine;
  /** For files; removed at the end. */
  readonly folder: string;
  readonly newBody: () => string;
  /** A job that is Suspended, since its queue does not exist. */
  suspendedJob(): Promise<string>;
  stop(): Promise<void>;
}

/** @param endpointsFile what it says beside the endpoints `orders`, and `lost`, whose queue does not exist. */
export const startCliApp = async (endpointsFile: {
  readonly endpoints: readonly object[];
  readonly routes?: readonly object[];
}): Promise<CliApp> => {
  const lost = { ...ordersEndpoint, name: 'lost', path: 'no-such-queue' };
  const endpoints = [ordersEndpoint, lost, ...endpointsFile.endpoints];
  const app = await startApp({ endpointsFile: JSON.stringify({ ...endpointsFile, endpoints }) });
  const folder = await mkdtemp(join(tmpdir(), 'bridge-cli-'));
  const newBody = newOperations();
  return {
    app,
    bridge: commandLine({ BRIDGE_URL: app.baseUrl, BRIDGE_KEY: app.functionKey }),
    folder,
    newBody,
    suspendedJob: async () => {
      const id = await app.accept(newBody(), { endpoint: 'lost' });
      await app.until(id, 'Suspended');
      return id;
    },
    stop: async () => {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
