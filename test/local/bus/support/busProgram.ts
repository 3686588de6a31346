import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ProgramConfig } from '../../../../local/bus/config/readConfig.ts';
import { programOf } from '../../../../local/process/programs.ts';
import { startBusChild, type BusChild } from '../../../../local/stack/children.ts';

/** What a program run to its end has left behind. */
interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BusProgram {
  /** Starts it with a configuration file and ends it with the test. */
  start(config: ProgramConfig): Promise<BusChild>;
  /** Runs it to its end; its standard input holds `input` and ends. */
  run(args: readonly string[], input?: string): Promise<Ended>;
  /** Path of the program. */
  path(): string;
}

/** A folder that is gone after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bus-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The built program; `npm test` builds it first. */
export const useBusProgram = (): BusProgram => {
  const program = programOf('bus');
  return {
    path: () => program,
    start: async (config) => {
      const child = await startBusChild(await temporaryFolder(), config);
      onTestFinished(() => child.stop());
      return child;
    },
    run: async (args, input = '') => {
      const child = spawn(process.execPath, [program, ...args]);
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      return { code, signal, stdout, stderr };
    },
  };
};
