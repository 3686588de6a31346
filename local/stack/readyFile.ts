import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalConnections, LocalEndpoint } from './localEndpoints.ts';

/** Where the platform that runs can be found, for programs that are started beside it. */
export interface RunningPlatform {
  /** The app, as the command line finds it. */
  readonly app: { readonly baseUrl: string; readonly functionKey: string };
  readonly endpoints: readonly LocalEndpoint[];
  readonly connections: LocalConnections;
}

const fileIn = (state: string): string => join(state, 'ready.json');

export const writeReadyFile = (state: string, platform: RunningPlatform): Promise<void> =>
  writeFile(fileIn(state), JSON.stringify(platform, undefined, 2));

/** @throws Error in a sentence when none was started with this state folder. */
export const readReadyFile = async (state: string): Promise<RunningPlatform> => {
  try {
    return JSON.parse(await readFile(fileIn(state), 'utf8')) as RunningPlatform;
  } catch (error) {
    throw new Error(`No platform was started with the state folder ${state}; start it with "npm start".`, {
      cause: error,
    });
  }
};
