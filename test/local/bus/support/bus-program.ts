import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { ProgramConfig } from '../../../../local/bus/config/read-config.ts';
import { controlBus, type BusControl } from '../../../../local/bus/control-client.ts';
import type { ReadyLine } from '../../../../local/bus/program/ready-line.ts';
import { startChild, type Child } from '../../../../local/process/child.ts';
import { buildProgram } from './built-program.ts';

/** A bus in a process of its own, and its controls. */
type BusChild = Child<ReadyLine> & { readonly control: BusControl };

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

/** Builds the program before the tests of a file. */
export const useBusProgram = (): BusProgram => {
  let program = '';
  let remove = async (): Promise<void> => undefined;
  beforeAll(async () => {
    ({ program, remove } = await buildProgram());
  });
  afterAll(() => remove());
  return {
    path: () => program,
    start: async (config) => {
      const file = join(await temporaryFolder(), 'bus.json');
      await writeFile(file, JSON.stringify(config));
      const args = ['--config', file, '--exit-with-stdin'];
      const child = await startChild<ReadyLine>({ name: 'The bus', program, args });
      onTestFinished(() => child.stop());
      return { ...child, control: controlBus(child.ready.controlUrl) };
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
