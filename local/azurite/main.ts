import { createRequire } from 'node:module';
import { endWithStdin } from '../process/endWithStdin.ts';

/**
 * Runs Azurite inside this process, so that it ends with us: the table service at `--port N`, with `--blob-port N` also the
 * blob service, or with `--all` the blob, queue and table services at the three fixed ports of
 * `UseDevelopmentStorage=true`. `--state FOLDER` or `--memory`.
 * Prints one line of JSON when it listens.
 */
const argumentOf = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
};

const all = process.argv.includes('--all');
const port = Number(argumentOf('--port') ?? 10_002);
const blobPort = argumentOf('--blob-port');
const state = argumentOf('--state');

/** Azurite has one entry point for a single service and one for all three. */
const whole = all || blobPort !== undefined;
const services = whole ? 3 : 1;
let started = 0;
let closed = 0;

/** Azurite tells its progress on the console only; its words decide when it is ready and when it has saved. */
const onConsole = (text: string): void => {
  process.stderr.write(`${text}\n`);
  if (/successfully (started|listening)/.test(text)) {
    started += 1;
    if (started === services) process.stdout.write(`${JSON.stringify({ event: 'ready', port })}\n`);
  }
  if (text.includes('successfully closed')) {
    closed += 1;
    if (closed === services) process.exit(0);
  }
};
console.log = (text: unknown): void => onConsole(String(text));

const loopback = '127.0.0.1';
const hosts = whole
  ? ['--blobHost', loopback, '--queueHost', loopback, '--tableHost', loopback]
  : ['--tableHost', loopback];
const blobPorts = blobPort === undefined ? [] : ['--blobPort', blobPort, '--queuePort', '0'];
const addresses = [...hosts, ...(all ? [] : ['--tablePort', String(port), ...blobPorts])];

process.argv = [
  ...process.argv.slice(0, 2),
  ...addresses,
  ...(state === undefined ? ['--inMemoryPersistence'] : ['--location', state]),
  '--skipApiVersionCheck',
  '--disableTelemetry',
  '--disableProductStyleUrl',
  '--silent',
];
// Azurite's entry points read the command line and start when they are loaded.
createRequire(import.meta.url)(whole ? 'azurite/dist/src/azurite.js' : 'azurite/dist/src/table/main.js');

// The message that Azurite's own launchers send: it saves, closes and says so.
endWithStdin(() => process.emit('message', 'shutdown', undefined));
