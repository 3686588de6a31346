import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type {
  FunctionMetadata,
  InvocationRequest,
  InvocationResult,
  LogLevel,
  WorkerLog,
} from './coreTypes.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** One forked worker with a loaded app. */
export interface WorkerProcess {
  readonly functions: readonly FunctionMetadata[];
  /** Never rejects; a worker that dies loses its invocations. */
  invoke(request: InvocationRequest, offsetMs: number): Promise<InvocationResult>;
  cpuMicroseconds(): Promise<number>;
  runs(invocationId: string): boolean;
  kill(): void;
  stop(): Promise<void>;
  readonly exited: Promise<void>;
}

export interface ForkOptions {
  readonly app: string;
  readonly log: WorkerLog;
  readonly logLevel: LogLevel;
  /** The host skips time: the worker's `Date` moves with the host's. */
  readonly movesClock: boolean;
}

/** Node 20 cannot fork TypeScript: from source (a test) the built program is taken. */
const childFile = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../../build/local/host/worker/child.js' : './child.js',
    import.meta.url,
  ),
);

const LOST: InvocationResult = { ok: false, lost: true, message: 'The worker process exited.', stack: '' };

/** How long a worker may take over its `appTerminate` hooks. */
const STOP_GRACE_MS = 5000;

const openChild = (): ChildProcess =>
  fork(childFile, { serialization: 'advanced', stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });

interface Waiting {
  readonly invocationId: string;
  readonly settle: (result: InvocationResult) => void;
}

/** Forks a worker and loads the app into it. @throws Error with the worker's own message when it cannot. */
export const forkWorker = async (options: ForkOptions): Promise<WorkerProcess> => {
  const child = openChild();
  const invocations = new Map<number, Waiting>();
  const cpuQuestions = new Map<number, (microseconds: number) => void>();
  let lastNumber = 0;

  /** Standard output of the host is its ready line; an app that prints to its own speaks to people. */
  child.stdout?.pipe(process.stderr, { end: false });

  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const { settle } of invocations.values()) settle(LOST);
      for (const answer of cpuQuestions.values()) answer(0);
      invocations.clear();
      resolve();
    });
  });

  /** A message that no longer reaches a dying worker is lost with it. */
  const tell = (message: ToWorker): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  child.on('error', () => undefined);

  const functions = await new Promise<readonly FunctionMetadata[]>((resolve, reject) => {
    child.on('message', (raw) => {
      const message = raw as FromWorker;
      if (message.type === 'loaded') resolve(message.functions);
      else if (message.type === 'failed') reject(new Error(message.message));
      else if (message.type === 'log') {
        options.log(message.level, message.category, message.message, message.functionName);
      } else if (message.type === 'cpu') {
        cpuQuestions.get(message.number)?.(message.microseconds);
        cpuQuestions.delete(message.number);
      } else {
        invocations.get(message.number)?.settle(message.result);
        invocations.delete(message.number);
      }
    });
    void exited.then(() => reject(new Error('The worker process exited while it loaded the app.')));
    const { app, logLevel, movesClock } = options;
    tell({ type: 'load', app, logLevel, movesClock });
  });

  return {
    functions,
    exited,
    invoke: (request, offsetMs) =>
      new Promise((settle) => {
        if (!child.connected) {
          settle(LOST);
          return;
        }
        lastNumber += 1;
        invocations.set(lastNumber, { invocationId: request.invocationId, settle });
        tell({ type: 'invoke', number: lastNumber, request, offsetMs });
      }),
    cpuMicroseconds: () =>
      new Promise((answer) => {
        if (!child.connected) {
          answer(0);
          return;
        }
        lastNumber += 1;
        cpuQuestions.set(lastNumber, answer);
        tell({ type: 'cpu', number: lastNumber });
      }),
    runs: (invocationId) =>
      [...invocations.values()].some((waiting) => waiting.invocationId === invocationId),
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      tell({ type: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
};
