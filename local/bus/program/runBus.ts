import { startControlServer } from '../../control/controlServer.ts';
import { createClock } from '../clock/clock.ts';
import type { ProgramConfig } from '../config/readConfig.ts';
import { answerControl } from '../control/controlRoutes.ts';
import { startBus, type Bus } from '../startBus.ts';
import type { ReadyLine } from './readyLine.ts';

/** A bus with its controls. */
export interface RunningBus {
  readonly ready: ReadyLine;
  close(): Promise<void>;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const inOneSentence = (error: unknown, { port, stateFolder }: ProgramConfig): Error => {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new Error(`Port ${port ?? 0} is taken by another program.`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR' || code === 'EEXIST' || code === 'EROFS') {
    return new Error(`State folder '${stateFolder ?? ''}' cannot be written (${code}).`, { cause: error });
  }
  return error as Error;
};

const start = async (config: ProgramConfig, options: Parameters<typeof startBus>[0]): Promise<Bus> => {
  try {
    return await startBus(options);
  } catch (error) {
    throw inOneSentence(error, config);
  }
};

/** @throws Error with one sentence about what is wrong. */
export const runBus = async (config: ProgramConfig, log: (line: string) => void): Promise<RunningBus> => {
  const clock = createClock();
  const bus = await start(config, { ...config, clock, log });
  const control = await startControlServer(config.controlPort ?? 0, answerControl({ bus, clock })).catch(
    async (error: unknown) => {
      await bus.close();
      throw inOneSentence(error, { port: config.controlPort ?? 0 });
    },
  );
  const { port, connectionString } = bus;
  return {
    ready: {
      event: 'ready',
      port,
      connectionString,
      eventHubsConnectionString: connectionString,
      controlUrl: control.url,
    },
    close: async () => {
      await control.close();
      await bus.close();
    },
  };
};
