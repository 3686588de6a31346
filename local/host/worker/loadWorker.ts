import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { loadApp, type FunctionsWorker } from './app.ts';
import type { LogLevel, WorkerLog } from './coreTypes.ts';
import { startPool } from './pool.ts';

export interface LoadOptions {
  readonly app: string;
  readonly log: WorkerLog;
  readonly logLevel: LogLevel;
  readonly clock: Clock;
  /** Processes to load the app into; 0 for this one. */
  readonly workers: number;
}

export type LoadWorker = (options: LoadOptions) => Promise<FunctionsWorker>;

/** Several processes when the app setting asks for them; otherwise the host's own does. */
export const workerCount = (settings: Settings): number => {
  const count = Number(settings['FUNCTIONS_WORKER_PROCESS_COUNT'] ?? 1);
  return Number.isInteger(count) && count > 1 && count <= 10 ? count : 0;
};

/** Loads the app where it shall run. @throws Error when it cannot be loaded. */
export const loadWorker: LoadWorker = ({ app, log, logLevel, clock, workers }) =>
  workers === 0
    ? loadApp(app, log)
    : startPool({
        app,
        log,
        logLevel,
        count: workers,
        movesClock: clock.canMove,
        offsetMs: () => clock.offsetMs,
      });
