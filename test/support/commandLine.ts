import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { repositoryRoot } from '../../local/process/programs.ts';

/** How a run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on until it is interrupted. */
export interface Running {
  readonly lines: string[];
  /** Ctrl-C. */
  interrupt(): void;
  readonly ended: Promise<number | null>;
}

/** The built command line, as a person or a script runs it. */
export interface CommandLine {
  (...args: string[]): Promise<Ended>;
  withInput(input: string, ...args: string[]): Promise<Ended>;
  /** The document that `--json` prints, of a run that has to end with exit code 0. */
  json(...args: string[]): Promise<Record<string, unknown>>;
  start(...args: string[]): Running;
}

const program = join(repositoryRoot, 'build/cli/main.js');

/** @param environment BRIDGE_URL, BRIDGE_KEY and the like; nothing of it is inherited. */
export const commandLine = (environment: Readonly<Record<string, string>>): CommandLine => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('BRIDGE_'));
  const env = { ...Object.fromEntries(inherited), ...environment };
  const spawnWith = (args: readonly string[]) => spawn(process.execPath, [program, ...args], { env });

  const withInput: CommandLine['withInput'] = async (input, ...args) => {
    const child = spawnWith(args);
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, stdout, stderr };
  };

  const json: CommandLine['json'] = async (...args) => {
    const { code, stdout, stderr } = await withInput('', ...args, '--json');
    if (code !== 0) throw new Error(`bridge ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  const start: CommandLine['start'] = (...args) => {
    const child = spawnWith(args);
    const lines: string[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(line));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    return { lines, ended, interrupt: () => void child.kill('SIGINT') };
  };

  return Object.assign((...args: string[]) => withInput('', ...args), { withInput, json, start });
};
