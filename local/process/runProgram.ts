import { Readable } from 'node:stream';
import { readInput, type Input } from './inputLines.ts';
import type { SettingsSource } from './settings.ts';
import { untilTold } from './untilTold.ts';

/** What every program understands on its command line. */
interface CommonFlags extends SettingsSource {
  readonly help: boolean;
}

export interface Program<Flags extends CommonFlags> {
  readonly helpText: string;
  /** @throws Error when there is a flag that does not exist. */
  readonly readFlags: (args: readonly string[]) => Flags;
  /** @throws Error with one sentence about what is wrong. */
  readonly start: (flags: Flags, input: Input, log: (line: string) => void) => Promise<Started>;
}

interface Started {
  /** Printed as one line of JSON. */
  readonly ready: object;
  readonly close: () => Promise<void>;
}

const log = (line: string): void => console.error(line);

const run = async <Flags extends CommonFlags>(program: Program<Flags>): Promise<void> => {
  const flags = program.readFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(program.helpText);
    return;
  }
  const needsInput = flags.exitWithStdin || flags.config === '-';
  const input = readInput(needsInput ? process.stdin : Readable.from([]));
  const told = untilTold(flags.exitWithStdin, input.ended);
  const { ready, close } = await program.start(flags, input, log);
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  log(`Ending after ${await told}.`);
  await close();
};

/** Runs a program until it is told to end, and ends the process: with 1, and the reason, when it cannot start. */
export const runProgram = <Flags extends CommonFlags>(program: Program<Flags>): void => {
  run(program).then(
    () => process.exit(0),
    (error: unknown) => {
      log((error as Error).message);
      process.exit(1);
    },
  );
};
