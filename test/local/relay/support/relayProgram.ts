import { onTestFinished } from 'vitest';
import { programOf } from '../../../../local/process/programs.ts';
import type { ProgramConfig } from '../../../../local/relay/config/readConfig.ts';
import { startRelayChild, type RelayChild } from '../../../../local/stack/children.ts';
import { temporaryFolder } from '../../support/program.ts';

/** Path of the built program; `npm test` builds it first. */
export const relayProgram = programOf('relay');

/** Starts it with a configuration file and ends it with the test. */
export const startProgram = async (config: ProgramConfig): Promise<RelayChild> => {
  const child = await startRelayChild(await temporaryFolder(), config);
  onTestFinished(() => child.stop());
  return child;
};
