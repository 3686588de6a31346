import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository: the nearest one above that has a package.json. */
const findRoot = (from: string): string => {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('No package.json was found in any folder above the local platform.');
  return findRoot(above);
};

export const repositoryRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Path of a built program of the local platform; the same whether we run from source or from the build. */
export const programOf = (room: 'azurite' | 'bus' | 'host' | 'relay'): string =>
  join(repositoryRoot, 'build', 'local', room, 'main.js');
