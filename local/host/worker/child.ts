import { shiftGlobalDate } from '../clock.ts';
import { isLogged } from '../log.ts';
import { loadApp, type FunctionsWorker } from './app.ts';
import type { LogLevel, WorkerLog } from './coreTypes.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/**
 * The program of a forked worker: an app behind messages. It ends with its host, whose end closes the channel.
 */
const send = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

const logTo =
  (threshold: LogLevel): WorkerLog =>
  (level, category, message, functionName) => {
    if (isLogged(level, threshold)) send({ type: 'log', level, category, message, functionName });
  };

let offsetMs = 0;
let worker: FunctionsWorker | undefined;

const load = async ({ app, logLevel, movesClock }: Extract<ToWorker, { type: 'load' }>): Promise<void> => {
  if (movesClock) shiftGlobalDate(() => offsetMs);
  try {
    worker = await loadApp(app, logTo(logLevel));
    send({ type: 'loaded', functions: worker.functions });
  } catch (error) {
    send({ type: 'failed', message: (error as Error).message });
  }
};

const stop = async (): Promise<void> => {
  await worker?.stop();
  process.exit(0);
};

const cpuMicroseconds = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const handle = async (message: ToWorker): Promise<void> => {
  switch (message.type) {
    case 'load':
      return load(message);
    case 'invoke': {
      offsetMs = message.offsetMs;
      const { number } = message;
      const result = await worker?.invoke(message.request);
      if (result !== undefined) send({ type: 'result', number, result });
      return undefined;
    }
    case 'cpu':
      send({ type: 'cpu', number: message.number, microseconds: cpuMicroseconds() });
      return undefined;
    case 'stop':
      return stop();
  }
};

process.on('message', (message) => void handle(message as ToWorker));
process.on('disconnect', () => process.exit(0));
// Ctrl+C reaches the whole group of processes; the host lets running functions end before it stops its workers.
process.on('SIGINT', () => undefined);
