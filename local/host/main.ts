import { once } from 'node:events';
import { helpText, readFlags } from './flags.ts';
import { startHost, type RunningHost } from './startHost.ts';

const fail = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
};

/** Ends the host on a signal, or with standard input when asked to. */
const stopOnSignals = (host: RunningHost, exitWithStdin: boolean): void => {
  const stop = (): void => void host.stop();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (!exitWithStdin) return;
  process.stdin.resume();
  process.stdin.once('end', stop);
  process.stdin.once('error', stop);
};

/** Keeps standard output for the one line: whatever an app in this process prints goes to standard error. */
const takeStandardOutput = (): ((text: string) => Promise<void>) => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return async (text) => {
    if (!write(text)) await once(process.stdout, 'drain');
  };
};

const run = async (args: readonly string[]): Promise<void> => {
  const flags = await readFlags(args);
  if (flags.help) {
    process.stderr.write(helpText);
    return;
  }
  const say = takeStandardOutput();
  const host = await startHost(flags.options);
  stopOnSignals(host, flags.exitWithStdin);
  await say(`${JSON.stringify({ event: 'ready', ...host.ready })}\n`);
  await host.stopped;
};

run(process.argv.slice(2))
  .catch(fail)
  // An app may hold handles of its own; a host that has stopped ends all the same.
  .finally(() => process.exit());
