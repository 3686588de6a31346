import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionsWorker } from './app.ts';
import { forkWorker, type ForkOptions, type WorkerProcess } from './childProcess.ts';
import type { InvocationRequest, InvocationResult } from './coreTypes.ts';

export interface PoolOptions extends ForkOptions {
  readonly count: number;
  readonly offsetMs: () => number;
}

/** Wait before a worker that died is replaced, so that one that cannot live does not take the machine. */
const RESTART_DELAY_MS = 100;

/** Workers that take turns, without affinity: nothing an app keeps in memory is shared. */
const rotation = () => {
  const ready: WorkerProcess[] = [];
  let waiting: (() => void)[] = [];
  let next = 0;
  return {
    all: (): readonly WorkerProcess[] => ready,
    add: (worker: WorkerProcess): void => {
      ready.push(worker);
      const resumed = waiting;
      waiting = [];
      for (const resume of resumed) resume();
    },
    remove: (worker: WorkerProcess): void => {
      const index = ready.indexOf(worker);
      if (index >= 0) ready.splice(index, 1);
    },
    /** The next worker; waits while there is none. */
    take: async (): Promise<WorkerProcess> => {
      for (;;) {
        next += 1;
        const worker = ready[next % Math.max(1, ready.length)];
        if (worker !== undefined) return worker;
        await new Promise<void>((resume) => waiting.push(resume));
      }
    },
  };
};

/**
 * Loads an app into several processes, as FUNCTIONS_WORKER_PROCESS_COUNT asks the real host to. A worker that dies is
 * replaced.
 *
 * @throws Error when the app cannot be loaded.
 */
export const startPool = async (options: PoolOptions): Promise<FunctionsWorker> => {
  const workers = rotation();
  let stopping = false;
  const goesOn = (): boolean => !stopping;

  const keepAlive = async (worker: WorkerProcess): Promise<void> => {
    await worker.exited;
    workers.remove(worker);
    if (!goesOn()) return;
    options.log('error', 'system', 'A worker process exited; it is started again.');
    await delay(RESTART_DELAY_MS);
    if (goesOn()) await startOne().catch(reportAndRetry);
  };

  /** Replacements under way; a pool has stopped when none is left. */
  const lives = new Set<Promise<void>>();

  const startOne = async (): Promise<void> => {
    const worker = await forkWorker(options);
    if (!goesOn()) {
      await worker.stop();
      return;
    }
    workers.add(worker);
    const life = keepAlive(worker);
    lives.add(life);
    void life.finally(() => lives.delete(life));
  };

  const reportAndRetry = async (error: unknown): Promise<void> => {
    options.log('error', 'system', `A worker process cannot be started: ${(error as Error).message}`);
    await delay(10 * RESTART_DELAY_MS);
    if (goesOn()) await startOne().catch(reportAndRetry);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    await Promise.all(workers.all().map((worker) => worker.stop()));
    await Promise.all(lives);
  };

  const startAll = async (): Promise<readonly WorkerProcess[]> => {
    const started = await Promise.allSettled(Array.from({ length: options.count }, startOne));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) return workers.all();
    await stop();
    throw failed.reason;
  };

  const [first] = await startAll();

  const invoke = async (request: InvocationRequest): Promise<InvocationResult> =>
    (await workers.take()).invoke(request, options.offsetMs());

  return {
    functions: first?.functions ?? [],
    invoke,
    abandon: (invocationId) => {
      for (const worker of workers.all().filter((candidate) => candidate.runs(invocationId))) {
        workers.remove(worker);
        worker.kill();
      }
    },
    stop,
    cpuMicroseconds: async () => {
      const each = await Promise.all(workers.all().map((worker) => worker.cpuMicroseconds()));
      return each.reduce((sum, microseconds) => sum + microseconds, 0);
    },
  };
};
