import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program of the local platform that runs beside us. */
export interface Child<Ready> {
  readonly name: string;
  readonly pid: number;
  /** What it printed when it was ready: one line of JSON. */
  readonly ready: Ready;
  /** Resolves when it has ended, however that came about. */
  readonly ended: Promise<ChildEnd>;
  /** Asks it to end (its input is closed) and waits; one that does not end in time is killed. */
  stop(): Promise<void>;
  /** SIGKILL: as a crash or a power cut of one machine would end it. */
  kill(): Promise<void>;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  readonly name: string;
  /** Path of the built program. */
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets each line the program writes to its standard error. */
  readonly onLog?: (line: string) => void;
}

const stopWithinMs = 10_000;
const readyWithinMs = 60_000;

/** Lines of log that are kept for the message of a failed start. */
const linesKept = 20;

const onEachLine = (stream: NodeJS.ReadableStream | null, call: (line: string) => void): void => {
  if (stream !== null) createInterface({ input: stream }).on('line', call);
};

const isReadyLine = (line: string): boolean => line.startsWith('{') && line.includes('"event":"ready"');

const endOf = (child: ChildProcess): Promise<ChildEnd> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });

const within = async (ms: number, promise: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
};

/**
 * Starts a program and waits for its ready line. The program ends with us, even if we are killed, because it watches
 * its standard input.
 *
 * @throws Error with the program's last words when it ends instead.
 */
export const startChild = async <Ready>(options: ChildOptions): Promise<Child<Ready>> => {
  const { name, program, args, environment = {}, onLog } = options;
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const ended = endOf(child);
  const lastWords: string[] = [];
  onEachLine(child.stderr, (line) => {
    lastWords.push(line);
    if (lastWords.length > linesKept) lastWords.shift();
    onLog?.(line);
  });
  const readyLine = new Promise<string>((resolve) => {
    onEachLine(child.stdout, (line) => (isReadyLine(line) ? resolve(line) : onLog?.(line)));
  });
  const failed = ended.then(({ code, signal }) => {
    throw new Error(
      `${name} ended (${signal ?? `exit code ${code}`}) before it was ready.\n${lastWords.join('\n')}`,
    );
  });
  failed.catch(() => undefined);
  const started = Promise.race([readyLine, failed]);
  if (!(await within(readyWithinMs, started))) {
    child.kill('SIGKILL');
    throw new Error(`${name} was not ready within ${readyWithinMs / 1000} s.\n${lastWords.join('\n')}`);
  }
  return {
    name,
    pid: child.pid ?? 0,
    ready: JSON.parse(await started) as Ready,
    ended,
    stop: async () => {
      child.stdin.end();
      if (!(await within(stopWithinMs, ended))) child.kill('SIGKILL');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
