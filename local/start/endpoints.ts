import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
