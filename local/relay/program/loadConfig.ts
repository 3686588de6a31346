import type { Input } from '../../process/inputLines.ts';
import { numberOf, readSettings } from '../../process/settings.ts';
import { readConfig, type ProgramConfig } from '../config/readConfig.ts';
import type { Flags } from './flags.ts';

const numberFlag = <Name extends keyof ProgramConfig>(
  name: Name,
  flag: string,
  text: string | undefined,
): Partial<Record<Name, number>> =>
  text === undefined ? {} : ({ [name]: numberOf(flag, text) } as Partial<Record<Name, number>>);

/**
 * The settings of the file with the flags put over them.
 *
 * @throws Error with one sentence about what is wrong.
 */
export const loadConfig = async (flags: Flags, input: Input): Promise<ProgramConfig> => {
  const settings: ProgramConfig = (await readSettings(flags, input, readConfig)) ?? {};
  return readConfig('The configuration', {
    ...settings,
    relays: [
      ...(settings.relays ?? []),
      ...flags.hybridConnections.map((name) => ({ name, kind: 'hybridConnection' })),
      ...flags.wcfRelays.map((name) => ({ name, kind: 'wcf' })),
    ],
    ...numberFlag('port', 'port', flags.port),
    ...numberFlag('controlPort', 'control-port', flags.controlPort),
    ...numberFlag('answerWithinMs', 'answer-within-ms', flags.answerWithinMs),
  });
};
