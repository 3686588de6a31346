import type { Input } from '../../process/inputLines.ts';
import { numberOf, readSettings } from '../../process/settings.ts';
import { readConfig, type ProgramConfig } from '../config/readConfig.ts';
import type { Flags } from './flags.ts';

/**
 * The settings of the file with the flags put over them.
 *
 * @throws Error with one sentence about what is wrong.
 */
export const loadConfig = async (flags: Flags, input: Input): Promise<ProgramConfig> => {
  const settings: ProgramConfig = (await readSettings(flags, input, readConfig)) ?? {};
  const { stateFolder, ...config } = settings;
  const folder = flags.memory ? undefined : (flags.stateFolder ?? stateFolder);
  return readConfig('The configuration', {
    ...config,
    queues: [...(config.queues ?? []), ...flags.queues.map((name) => ({ name }))],
    ...(folder !== undefined && { stateFolder: folder }),
    ...(flags.port !== undefined && { port: numberOf('port', flags.port) }),
    ...(flags.controlPort !== undefined && { controlPort: numberOf('control-port', flags.controlPort) }),
  });
};
