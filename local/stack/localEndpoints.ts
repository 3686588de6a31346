import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueOptions } from '../bus/broker/queueSettings.ts';
import { repositoryRoot } from '../process/programs.ts';

/** An endpoint of the app's endpoints file, as far as the platform has to provide for it. */
export interface LocalEndpoint {
  readonly name: string;
  readonly contract: string;
  readonly connection: string;
  readonly path: string;
  readonly messageFormat: string;
}

interface EndpointsFile {
  readonly endpoints: readonly (Omit<LocalEndpoint, 'messageFormat'> & { readonly messageFormat?: string })[];
}

/** What the app will serve. The app checks the file itself; here it is only read for what has to exist. */
export const readLocalEndpoints = (): LocalEndpoint[] => {
  const text = readFileSync(join(repositoryRoot, 'endpoints.json'), 'utf8');
  const { endpoints } = JSON.parse(text) as EndpointsFile;
  return endpoints.map(({ name, contract, connection, path, messageFormat = 'json' }) => ({
    name,
    contract,
    connection,
    path,
    messageFormat,
  }));
};

/** Ten minutes, as a queue made in the portal remembers ids. */
const duplicateDetectionWindowMs = 600_000;

/** The queues that the endpoints post to. */
export const queuesOf = (endpoints: readonly LocalEndpoint[]): QueueOptions[] =>
  [...new Set(endpoints.map(({ path }) => path))].map((name) => ({ name, duplicateDetectionWindowMs }));
