import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock, type FileLock } from '../journal/lock.ts';
import { endWithStdin } from '../process/endWithStdin.ts';
import { repositoryRoot } from '../process/programs.ts';
import { readLocalEndpoints, type LocalEndpoint } from '../stack/localEndpoints.ts';
import { writeReadyFile } from '../stack/readyFile.ts';
import { startStack, type Stack } from '../stack/startStack.ts';
import { bridgeClient } from './bridgeClient.ts';
import { demonstrate } from './demonstration.ts';
import { helpText, readFlags, type Flags } from './flags.ts';
import { showContracts } from './contracts.ts';
import { showAddresses } from './addresses.ts';
import { inspectQueue } from './queueInspector.ts';
import { done, heading, say, step } from './show.ts';

const startPlatform = (flags: Flags, state: string, endpoints: readonly LocalEndpoint[]): Promise<Stack> =>
  startStack({
    state,
    endpoints,
    ports: { azurite: 10_002, blobs: 10_000, bus: 5672, relay: 5673, host: flags.port },
    logLevel: flags.verbose ? 'information' : 'warning',
    onProgress: (what) => {
      if (!flags.json) step(`starting ${what}`);
    },
    onLog: (who, line) => {
      if (flags.verbose) process.stderr.write(`${who}: ${line}\n`);
    },
  });

/** For scripts: all they need to post, list and listen. */
const readyLine = (stack: Stack, endpoints: readonly LocalEndpoint[]): string =>
  JSON.stringify({
    baseUrl: stack.host.ready.baseUrl,
    functionKey: stack.host.ready.functionKey,
    serviceBusConnectionString: stack.connections.serviceBus,
    eventHubsConnectionString: stack.connections.eventHubs,
    relayConnectionString: stack.connections.relay,
    endpoints: endpoints.map(({ name, contract, path, messageFormat }) => ({
      name,
      contract,
      path,
      messageFormat,
    })),
  });

const showSamples = async (stack: Stack, endpoints: readonly LocalEndpoint[]): Promise<void> => {
  const [main, ...others] = endpoints;
  if (main === undefined) throw new Error('endpoints.json has no endpoint.');
  const { name, path } = main;
  const listener = inspectQueue(stack.connections.serviceBus, path);
  const { baseUrl, functionKey } = stack.host.ready;
  const bridge = bridgeClient(baseUrl, functionKey);
  try {
    await demonstrate({ bridge, listener, bus: stack.bus.control, endpoint: name, queue: path });
    await showContracts(bridge, others, stack.connections);
  } finally {
    await listener.close();
  }
};

/** Runs until somebody asks for the end; resolves with the exit code. */
const run = async (flags: Flags, state: string, ended: Promise<void>): Promise<number> => {
  const endpoints = readLocalEndpoints();
  if (endpoints.length === 0) throw new Error('endpoints.json has no endpoint.');
  if (!flags.json) heading('Dataverse to Azure bridge, on this machine');
  const stack = await startPlatform(flags, state, endpoints);
  try {
    const { baseUrl, functionKey } = stack.host.ready;
    await writeReadyFile(state, { app: { baseUrl, functionKey }, endpoints, connections: stack.connections });
    if (flags.json) console.log(readyLine(stack, endpoints));
    else done(`the app answers at ${stack.host.ready.baseUrl}`);
    if (flags.samples && !flags.json) await showSamples(stack, endpoints);
    if (flags.once) {
      if (!flags.json) say('\nThat was it; everything is stopped. Without --once it stays up.');
      return 0;
    }
    if (!flags.json) showAddresses(stack, endpoints, flags.state);
    await Promise.race([ended, stack.host.ended, stack.bus.ended, stack.relay.ended, stack.azurite.ended]);
    return 0;
  } finally {
    await stack.stop();
  }
};

/** @throws Error in a sentence when the folder cannot be used, or is in use. */
const takeState = async (state: string): Promise<FileLock> => {
  try {
    await mkdir(state, { recursive: true });
    return await takeLock(join(state, 'lock'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The state folder ${state} cannot be used: ${reason} Choose another one with --state.`, {
      cause: error,
    });
  }
};

const main = async (): Promise<number> => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    say(helpText);
    return 0;
  }
  const state = flags.state ?? join(repositoryRoot, '.local', 'start');
  const lock = await takeState(state);
  const ended = new Promise<void>((resolve) => {
    if (flags.json) endWithStdin(resolve);
    process.on('SIGINT', resolve);
    process.on('SIGTERM', resolve);
  });
  try {
    return await run(flags, state, ended);
  } finally {
    await lock.release();
  }
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
