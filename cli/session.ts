import type { Command } from 'commander';
import { CliError } from './cliError.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { apiAt, type Api } from './http/api.ts';
import { readLocalApp } from './http/localApp.ts';
import { resolveTarget, type Target, type TargetOptions } from './http/target.ts';
import { jsonText } from './json.ts';
import { paintsOf, type Paints } from './show/paint.ts';
import type { Terminal } from './terminal.ts';

/** Options that every command has. */
export interface GlobalOptions extends TargetOptions {
  readonly state?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** What a command works with. */
export interface Session {
  readonly api: Api;
  readonly target: Target;
  readonly terminal: Terminal;
  readonly paints: Paints;
  /** With --json: one document on standard output instead of text. */
  readonly json: boolean;
  /** Shows what the app answered: as it is with --json, else as the lines. */
  show(value: unknown, lines: () => readonly string[]): void;
}

/** The work of a command; done when it says nothing else. */
export type Work = (session: Session) => Promise<ExitCode | undefined>;

/** What commands are registered with. */
export interface World {
  readonly terminal: Terminal;
  run(command: Command, work: Work): Promise<void>;
}

const hideIn = (text: string, { key, token }: Target): string =>
  [key, token]
    .filter((secret) => secret !== undefined)
    .reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);

const openSession = (terminal: Terminal, options: GlobalOptions): Session => {
  const target = resolveTarget(options, terminal.environment, readLocalApp(options.state));
  const trace = (line: string): void => terminal.note(hideIn(line, target));
  const json = options.json === true;
  return {
    api: apiAt({ target, ...(options.verbose === true ? { trace } : {}) }),
    target,
    terminal,
    paints: paintsOf(terminal.colors),
    json,
    show: (value, lines) => {
      if (json) terminal.write(jsonText(value));
      else for (const line of lines()) terminal.write(line);
    },
  };
};

/** Says the error as a sentence and gives the exit code that it has. */
export const endWith = (terminal: Terminal, error: unknown): ExitCode => {
  if (!(error instanceof CliError)) throw error;
  terminal.note(`error: ${error.message}`);
  return error.exitCode;
};

/** @param ended told the exit code of the command that ran. */
export const createWorld = (terminal: Terminal, ended: (code: ExitCode) => void): World => ({
  terminal,
  run: async (command, work) => {
    try {
      const session = openSession(terminal, command.optsWithGlobals<GlobalOptions>());
      ended((await work(session)) ?? exitCodes.done);
    } catch (error) {
      ended(endWith(terminal, error));
    }
  },
});
