import type { Input } from '../../process/inputLines.ts';
import { numberOf, readSettings } from '../../process/settings.ts';
import type { TopicOptions } from '../broker/topicOptions.ts';
import { readConfig, type ProgramConfig } from '../config/readConfig.ts';
import type { Flags } from './flags.ts';

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
  const settings: ProgramConfig = (await readSettings(flags, input, readConfig)) ?? {};
  const { stateFolder, ...config } = settings;
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
