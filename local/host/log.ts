import type { LogLevel, WorkerLog } from './worker/coreTypes.ts';

/** Writes lines to standard error; standard output belongs to the ready line. */
export interface Log {
  readonly level: LogLevel;
  (level: LogLevel, category: string, message: string): void;
}

export const logLevels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;

const rank = new Map<string, number>(logLevels.map((level, index) => [level, index]));

export const isLogged = (level: LogLevel, threshold: LogLevel): boolean =>
  (rank.get(level) ?? 0) >= (rank.get(threshold) ?? 0) && threshold !== 'none';

/** A log that drops what is below `threshold` and hands the rest, one line each, to `write`. */
export const createLog = (threshold: LogLevel, write: (line: string) => void): Log => {
  const log = (level: LogLevel, category: string, message: string): void => {
    if (isLogged(level, threshold)) write(`${new Date().toISOString()} ${level} [${category}] ${message}\n`);
  };
  return Object.assign(log, { level: threshold });
};

export const stderrLog = (threshold: LogLevel): Log =>
  createLog(threshold, (line) => process.stderr.write(line));

/** The app's log calls under the categories of the Functions host: `Function.<name>.User`, `Worker`. */
export const workerLog =
  (log: Log): WorkerLog =>
  (level, category, message, functionName) => {
    if (!isLogged(level, log.level)) return;
    const name = functionName === undefined ? 'Worker' : `Function.${functionName}`;
    log(level, category === 'user' ? `${name}.User` : name, message);
  };
