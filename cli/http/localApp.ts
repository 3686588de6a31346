import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJson } from '../json.ts';
import type { LocalApp } from './target.ts';

/** The nearest folder above that has a package.json. */
const findRoot = (from: string): string => {
  const above = dirname(from);
  return existsSync(join(from, 'package.json')) || above === from ? from : findRoot(above);
};

/** The folder of the repository; the same whether we run from source or from the build. */
export const repositoryRoot = findRoot(import.meta.dirname);

/** The app of `npm start` that was started last with this state folder; undefined when there was none. */
export const readLocalApp = (state = join(repositoryRoot, '.local', 'start')): LocalApp | undefined => {
  try {
    const ready: unknown = JSON.parse(readFileSync(join(state, 'ready.json'), 'utf8'));
    const app = isJson(ready) ? ready['app'] : undefined;
    if (!isJson(app)) return undefined;
    const { baseUrl, functionKey } = app;
    return typeof baseUrl === 'string' && typeof functionKey === 'string'
      ? { baseUrl, functionKey }
      : undefined;
  } catch {
    // No such file, or one that is being written: the same as no platform.
    return undefined;
  }
};
