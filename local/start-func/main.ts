import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startWholeAzurite } from '../azurite/startAzurite.ts';
import type { Child } from '../process/child.ts';
import { repositoryRoot } from '../process/programs.ts';
import { startBusChild, startRelayChild } from '../stack/children.ts';
import { busEntitiesOf, readLocalEndpoints, relaysOf } from '../stack/localEndpoints.ts';
import { coreToolsFault, funcCommand } from './coreTools.ts';

const helpText = `Runs the built app under Azure Functions Core Tools, with Azurite for storage and stand-ins for
Service Bus, Event Hubs and Relay. Core Tools (func) have to be installed; "npm start" does without them.

Usage: npm run start:func -- [arguments for "func start"]

Uses the ports 10000 to 10002 (Azurite), 5672 (Service Bus, Event Hubs), 5673 (Relay) and 7071 (func), as local.settings.json says.
`;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Resolves with the exit code of Core Tools. Ctrl-C reaches them from the terminal as it reaches us. */
const runCoreTools = (args: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const func = spawn(funcCommand, ['start', ...args], {
      cwd: repositoryRoot,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    func.once('error', reject);
    func.once('exit', (code) => resolve(code ?? 1));
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => func.kill('SIGTERM'));
  });

const run = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help')) {
    process.stdout.write(helpText);
    return 0;
  }
  const fault = coreToolsFault();
  if (fault !== undefined) throw new Error(fault);
  const state = join(repositoryRoot, '.local', 'start-func');
  await mkdir(state, { recursive: true });
  const children: Child<unknown>[] = [];
  try {
    say('Starting Azurite (ports 10000 to 10002) ...');
    children.push(await startWholeAzurite(join(state, 'azurite'), () => undefined));
    const endpoints = readLocalEndpoints();
    say('Starting the Service Bus and Event Hubs stand-in (port 5672) ...');
    const busConfig = { port: 5672, ...busEntitiesOf(endpoints), stateFolder: join(state, 'bus') };
    children.push(await startBusChild(state, busConfig));
    say('Starting the Relay stand-in (port 5673) ...');
    children.push(await startRelayChild(state, { port: 5673, relays: relaysOf(endpoints) }));
    return await runCoreTools(args);
  } finally {
    for (const child of children.reverse()) await child.stop();
  }
};

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
