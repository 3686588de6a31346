import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expandGlob } from './glob.ts';

interface PackageJson {
  readonly main?: string;
  readonly type?: string;
}

const readPackage = async (app: string): Promise<PackageJson> => {
  const file = join(app, 'package.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PackageJson;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
};

/** ES module or CommonJS, decided as the worker does: by file ending first, by the package's `type` otherwise. */
const isModule = (file: string, type: string | undefined): boolean =>
  file.endsWith('.mjs') || (!file.endsWith('.cjs') && type === 'module');

const loadFile = async (path: string, asModule: boolean): Promise<void> => {
  if (asModule) await import(pathToFileURL(path).href);
  else createRequire(path)(path);
};

/**
 * Loads the files that `main` of the app's package.json names (a glob), in order. On Node 20 and later the worker
 * refuses an app whose entry point throws; so does this.
 *
 * @throws Error when there is no such file (the app was not built), or with the entry point's own error as cause.
 */
export const loadEntryPoints = async (app: string): Promise<readonly string[]> => {
  const { main, type } = await readPackage(app);
  if (main === undefined) throw new Error(`${join(app, 'package.json')} has no "main": nothing to load.`);
  const files = await expandGlob(app, main);
  if (files.length === 0)
    throw new Error(`No file of ${app} matches "main": "${main}". Has the app been built?`);
  for (const file of files) {
    try {
      await loadFile(join(app, file), isModule(file, type));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Worker was unable to load entry point "${file}": ${reason}`, { cause: error });
    }
  }
  return files;
};
