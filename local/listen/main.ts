import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Arrival, Listening } from '../listeners/arrival.ts';
import { listenTo } from '../listeners/listenTo.ts';
import { repositoryRoot } from '../process/programs.ts';
import type { LocalEndpoint } from '../stack/localEndpoints.ts';
import { readReadyFile, type RunningPlatform } from '../stack/readyFile.ts';
import { describeArrival } from './describeArrival.ts';

const helpText = `Listens where endpoints of the platform that "npm start" runs post to, and prints what comes.

Usage: npm run listen -- [flags] [endpoint ...]     (all endpoints when none is named)

  --state FOLDER    the state folder that npm start was given (default .local/start)
  --full            print bodies whole
  --help            this text
`;

const readArgs = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      state: { type: 'string', default: join(repositoryRoot, '.local', 'start') },
    },
  });

const chosen = ({ endpoints }: RunningPlatform, names: readonly string[]): readonly LocalEndpoint[] => {
  if (names.length === 0) return endpoints;
  return names.map((name) => {
    const found = endpoints.find((endpoint) => endpoint.name === name);
    if (found !== undefined) return found;
    const known = endpoints.map((endpoint) => endpoint.name).join(', ');
    throw new Error(`There is no endpoint "${name}"; there are ${known}.`);
  });
};

const main = async (): Promise<void> => {
  const { values, positionals } = readArgs(process.argv.slice(2));
  if (values.help) {
    console.log(helpText);
    return;
  }
  const platform = await readReadyFile(values.state);
  const endpoints = chosen(platform, positionals);
  const listenings: Listening[] = [];
  for (const endpoint of endpoints) {
    const print = (arrival: Arrival): void => console.log(describeArrival(endpoint, arrival, values.full));
    listenings.push(await listenTo(endpoint, platform.connections, print));
  }
  console.log(`Listening at ${endpoints.map(({ name }) => name).join(', ')}; Ctrl-C ends it.`);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await Promise.all(listenings.map((listening) => listening.close()));
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
