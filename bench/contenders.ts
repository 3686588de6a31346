import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../local/process/programs.ts';

/** Apps that are measured on the same platform. */
export type Contender = (typeof contenders)[number];
export const contenders = ['bridge', 'plain-durable', 'limit', 'empty'] as const;

/** The queue that all of them send to. */
export const queue = 'dataverse-events';

/**
 * Puts package.json, the product's host.json and an endpoints file beside the built functions, so that a host can load
 * the app.
 */
export const prepareApp = async (contender: Contender): Promise<string> => {
  const source = join(repositoryRoot, 'bench', 'apps', contender);
  const built = join(repositoryRoot, 'build', 'bench', 'apps', contender);
  await mkdir(built, { recursive: true });
  await copyFile(join(source, 'package.json'), join(built, 'package.json'));
  await copyFile(join(repositoryRoot, 'host.json'), join(built, 'host.json'));
  const endpoint = { name: 'bench', contract: 'queue', connection: 'ServiceBusConnection', path: queue };
  // Its jobs fail for good at once, so that there is something to retry in bulk.
  const bulk = { ...endpoint, name: 'bulk', retry: { maxAttempts: 1 }, breaker: false };
  await writeFile(join(built, 'endpoints.json'), JSON.stringify({ endpoints: [endpoint, bulk] }));
  return built;
};
