import { onTestFinished } from 'vitest';
import type { ProgramConfig } from '../../../../local/bus/config/readConfig.ts';
import { programOf } from '../../../../local/process/programs.ts';
import { startBusChild, type BusChild } from '../../../../local/stack/children.ts';
import { runToEnd, temporaryFolder, type Ended } from '../../support/program.ts';

export interface BusProgram {
  /** Starts it with a configuration file and ends it with the test. */
  start(config: ProgramConfig): Promise<BusChild>;
  /** Runs it to its end; its standard input holds `input` and ends. */
  run(args: readonly string[], input?: string): Promise<Ended>;
  /** Path of the program. */
  path(): string;
}

/** The built program; `npm test` builds it first. */
export const useBusProgram = (): BusProgram => {
  const program = programOf('bus');
  return {
    path: () => program,
    start: async (config) => {
      const child = await startBusChild(await temporaryFolder(), config);
      onTestFinished(() => child.stop());
      return child;
    },
    run: (args, input) => runToEnd(program, args, input),
  };
};
