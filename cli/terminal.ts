import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { oneLine, plain } from './show/plain.ts';

/** Everything outside the program but the network: streams, files, environment, clock. */
export interface Terminal {
  /** One line of data, to standard output. */
  write(line: string): void;
  writeBytes(bytes: Uint8Array): void;
  /** One line for the person, to standard error. */
  note(line: string): void;
  /** Columns of standard output; undefined when it is no terminal, so that nothing is cut. */
  readonly width: number | undefined;
  readonly colors: boolean;
  /** Whether a person is there to be asked. */
  readonly asks: boolean;
  /** Whether standard error shows a progress bar. */
  readonly showsProgress: boolean;
  /** @returns the answer, trimmed. */
  ask(question: string): Promise<string>;
  readInput(): Promise<Buffer>;
  readFile(path: string): Promise<Buffer>;
  writeFile(path: string, content: Uint8Array): Promise<void>;
  /** Aborted by Ctrl-C once {@link takeInterrupts} was called. */
  takeInterrupts(): AbortSignal;
  now(): number;
  /** Waits; ends early, without an error, when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Asked of the descriptors: a stream that is no terminal has no `isTTY` at all, which is not the same as false. */
const isTerminal = { input: isatty(0), output: isatty(1), errors: isatty(2) };

const hasColors = (environment: NodeJS.ProcessEnv): boolean =>
  isTerminal.output && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';

const ask = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } finally {
    lines.close();
  }
};

const takeInterrupts = (): AbortSignal => {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  process.once('SIGTERM', () => interrupted.abort());
  return interrupted.signal;
};

export const processTerminal = (): Terminal => ({
  write: (line) => void process.stdout.write(`${line}\n`),
  writeBytes: (bytes) => void process.stdout.write(bytes),
  note: (line) => void process.stderr.write(`${line}\n`),
  width: isTerminal.output ? process.stdout.columns : undefined,
  colors: hasColors(process.env),
  asks: isTerminal.input && isTerminal.errors,
  showsProgress: isTerminal.errors,
  ask,
  readInput: () => buffer(process.stdin),
  readFile: (path) => readFile(path),
  writeFile: (path, content) => writeFile(path, content, { flag: 'wx' }),
  takeInterrupts,
  now: () => Date.now(),
  wait: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  environment: process.env,
});

/** The terminal, where notes and questions have nothing in them that it would obey, whoever wrote parts of them. */
export const plainSpoken = (terminal: Terminal): Terminal => ({
  ...terminal,
  note: (line) => terminal.note(plain(line)),
  ask: (question) => terminal.ask(`${oneLine(question)} `),
});
