import { createRequire } from 'node:module';
import { endWithStdin } from '../process/endWithStdin.ts';

/**
 * Runs Azurite's table service inside this process, so that it ends with us. `--port N`, `--state FOLDER` or
 * `--memory`; prints one line of JSON when it listens.
 */
const argumentOf = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
};

const port = Number(argumentOf('--port') ?? 10002);
const state = argumentOf('--state');

/** Azurite tells its progress on the console only; its words decide when it is ready and when it has saved. */
const onConsole = (text: string): void => {
  process.stderr.write(`${text}\n`);
  if (text.includes('successfully started')) process.stdout.write(`${JSON.stringify({ event: 'ready', port })}\n`);
  if (text.includes('successfully closed')) process.exit(0);
};
console.log = (text: unknown): void => onConsole(String(text));

process.argv = [
  ...process.argv.slice(0, 2),
  '--tableHost',
  '127.0.0.1',
  '--tablePort',
  String(port),
  ...(state === undefined ? ['--inMemoryPersistence'] : ['--location', state]),
  '--skipApiVersionCheck',
  '--disableTelemetry',
  '--disableProductStyleUrl',
  '--silent',
];
// Azurite's entry point reads the command line and starts when it is loaded.
createRequire(import.meta.url)('azurite/dist/src/table/main.js');

// The message that Azurite's own launchers send: it saves, closes and says so.
endWithStdin(() => process.emit('message', 'shutdown', undefined));
