import { Readable } from 'node:stream';
import { readInput } from '../process/inputLines.ts';
import { untilTold } from '../process/untilTold.ts';
import { helpText, readFlags } from './program/flags.ts';
import { loadConfig } from './program/loadConfig.ts';
import { runRelay } from './program/runRelay.ts';

const log = (line: string): void => console.error(line);

const main = async (): Promise<void> => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(helpText);
    return;
  }
  const needsInput = flags.exitWithStdin || flags.config === '-';
  const input = readInput(needsInput ? process.stdin : Readable.from([]));
  const config = await loadConfig(flags, input);
  const told = untilTold(flags.exitWithStdin, input.ended);
  const relay = await runRelay(config, log);
  process.stdout.write(`${JSON.stringify(relay.ready)}\n`);
  log(`Ending after ${await told}.`);
  await relay.close();
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log((error as Error).message);
    process.exit(1);
  },
);
