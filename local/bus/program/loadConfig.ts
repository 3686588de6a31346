import { readFile } from 'node:fs/promises';
import type { TopicOptions } from '../broker/topicOptions.ts';
import { readConfig, type ProgramConfig } from '../config/readConfig.ts';
import type { Flags } from './flags.ts';
import type { Input } from './inputLines.ts';

const parse = (what: string, text: string): ProgramConfig => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
  return readConfig(what, value);
};

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`Configuration file '${file}' cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
};

const fromFile = async ({ config, exitWithStdin }: Flags, input: Input): Promise<ProgramConfig> => {
  if (config === undefined) return {};
  if (config !== '-') return parse(`Configuration file '${config}'`, await readText(config));
  return parse(
    'The configuration on standard input',
    await (exitWithStdin ? input.firstLine() : input.all()),
  );
};

const numberOf = (flag: string, text: string): number => {
  if (!/^\d+$/.test(text)) throw new Error(`Flag --${flag} wants a number, not '${text}'.`);
  return Number(text);
};

/** Topics by name, with the subscriptions that are named with them. */
const topicsOf = (names: readonly string[]): TopicOptions[] => {
  const topics = new Map<string, { name: string }[]>();
  for (const name of names) {
    const [topic = '', subscription] = name.split('/');
    const subscriptions = topics.get(topic) ?? [];
    if (subscription !== undefined) subscriptions.push({ name: subscription });
    topics.set(topic, subscriptions);
  }
  return [...topics].map(([name, subscriptions]) => ({ name, subscriptions }));
};

/**
 * The settings of the file with the flags put over them.
 *
 * @throws Error with one sentence about what is wrong.
 */
export const loadConfig = async (flags: Flags, input: Input): Promise<ProgramConfig> => {
  const { stateFolder, ...config } = await fromFile(flags, input);
  const folder = flags.memory ? undefined : (flags.stateFolder ?? stateFolder);
  return readConfig('The configuration', {
    ...config,
    queues: [...(config.queues ?? []), ...flags.queues.map((name) => ({ name }))],
    eventHubs: [...(config.eventHubs ?? []), ...flags.eventHubs.map((name) => ({ name }))],
    topics: [...(config.topics ?? []), ...topicsOf(flags.topics)],
    ...(folder !== undefined && { stateFolder: folder }),
    ...(flags.port !== undefined && { port: numberOf('port', flags.port) }),
    ...(flags.controlPort !== undefined && { controlPort: numberOf('control-port', flags.controlPort) }),
  });
};
