import { startControlServer } from '../../control/controlServer.ts';
import type { ProgramConfig } from '../config/readConfig.ts';
import { answerControl } from '../control/controlRoutes.ts';
import { startRelay } from '../startRelay.ts';
import type { ReadyLine } from './readyLine.ts';

/** A relay namespace with its controls. */
export interface RunningRelay {
  readonly ready: ReadyLine;
  close(): Promise<void>;
}

const inOneSentence = (error: unknown, port: number): Error =>
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    ? new Error(`Port ${port} is taken by another program.`, { cause: error })
    : (error as Error);

/** @throws Error with one sentence about what is wrong. */
export const runRelay = async (
  { controlPort = 0, ...config }: ProgramConfig,
  log: (line: string) => void,
): Promise<RunningRelay> => {
  const relay = await startRelay({ ...config, log }).catch((error: unknown) => {
    throw inOneSentence(error, config.port ?? 0);
  });
  const control = await startControlServer(controlPort, answerControl(relay)).catch(
    async (error: unknown) => {
      await relay.close();
      throw inOneSentence(error, controlPort);
    },
  );
  return {
    ready: {
      event: 'ready',
      port: relay.port,
      relayConnectionString: relay.connectionString,
      controlUrl: control.url,
    },
    close: async () => {
      await control.close();
      await relay.close();
    },
  };
};
