import { callControl, controlPathOf } from '../control/callControl.ts';
import type { QueueCounts } from './broker/queueCounts.ts';
import type { QueueOptions } from './broker/queueSettings.ts';
import { subscriptionPath } from './broker/subscriptionPath.ts';
import type { SubscriptionOptions, TopicCounts, TopicOptions } from './broker/topicOptions.ts';
import type { ControlAnswers } from './control/controlProtocol.ts';
import type { FaultHit } from './faults/faultEngine.ts';
import type { HubCounts } from './hubs/hub.ts';
import type { HubOptions } from './hubs/hubSettings.ts';
import type { FaultRule } from './faults/faultRule.ts';

/** A bus in another process. Every call throws an Error with the program's own words when it is refused. */
export interface BusControl {
  queues(): Promise<readonly QueueCounts[]>;
  /** @throws Error when there is no such queue. */
  queue(name: string): Promise<QueueCounts>;
  putQueue(queue: QueueOptions): Promise<void>;
  deleteQueue(name: string): Promise<void>;
  topics(): Promise<readonly TopicCounts[]>;
  /** @throws Error when there is no such topic. */
  topic(name: string): Promise<TopicCounts>;
  putTopic(topic: TopicOptions): Promise<void>;
  deleteTopic(name: string): Promise<void>;
  putSubscription(topic: string, subscription: SubscriptionOptions): Promise<void>;
  deleteSubscription(topic: string, name: string): Promise<void>;
  eventHubs(): Promise<readonly HubCounts[]>;
  /** @throws Error when there is no such event hub. */
  eventHub(name: string): Promise<HubCounts>;
  putEventHub(hub: HubOptions): Promise<void>;
  deleteEventHub(name: string): Promise<void>;
  faults(): Promise<readonly FaultRule[]>;
  /** Puts these rules in the place of all others and empties the list of hits. */
  putFaults(rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  hits(): Promise<readonly FaultHit[]>;
  /** From now on connections are refused; those there are have been cut. */
  stopListening(): Promise<void>;
  listen(): Promise<void>;
  /** Puts the clock of the broker forward; tokens go by the machine's clock. */
  advanceClock(byMs: number): Promise<void>;
}

/** `controlUrl` is what the program says when it is ready. */
export const controlBus = (controlUrl: string): BusControl => {
  const get = async <Name extends keyof ControlAnswers>(name: Name): Promise<ControlAnswers[Name]> =>
    (await (await callControl(controlUrl, 'GET', name)).json()) as ControlAnswers[Name];
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await callControl(controlUrl, method, path, body);
  };
  const pathOf = (kind: string, name: string): string => `${kind}/${controlPathOf(name)}`;
  const find = async <Name extends 'queues' | 'topics' | 'event-hubs'>(
    list: Name,
    kind: string,
    name: string,
  ): Promise<ControlAnswers[Name][number]> => {
    const all: readonly ControlAnswers[Name][number][] = await get(list);
    const found = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new Error(`There is no ${kind} '${name}'.`);
    return found;
  };
  return {
    queues: () => get('queues'),
    queue: (name) => find('queues', 'queue', name),
    putQueue: ({ name, ...settings }) => tell('PUT', pathOf('queues', name), settings),
    deleteQueue: (name) => tell('DELETE', pathOf('queues', name)),
    topics: () => get('topics'),
    topic: (name) => find('topics', 'topic', name),
    putTopic: ({ name, ...settings }) => tell('PUT', pathOf('topics', name), settings),
    deleteTopic: (name) => tell('DELETE', pathOf('topics', name)),
    putSubscription: (topic, { name, ...settings }) =>
      tell('PUT', pathOf('topics', subscriptionPath(topic, name)), settings),
    deleteSubscription: (topic, name) => tell('DELETE', pathOf('topics', subscriptionPath(topic, name))),
    eventHubs: () => get('event-hubs'),
    eventHub: (name) => find('event-hubs', 'event hub', name),
    putEventHub: ({ name, ...settings }) => tell('PUT', pathOf('event-hubs', name), settings),
    deleteEventHub: (name) => tell('DELETE', pathOf('event-hubs', name)),
    faults: () => get('faults'),
    putFaults: (rules) => tell('PUT', 'faults', rules),
    clearFaults: () => tell('DELETE', 'faults'),
    hits: () => get('hits'),
    stopListening: () => tell('POST', 'stop-listening'),
    listen: () => tell('POST', 'listen'),
    advanceClock: (ms) => tell('POST', 'advance-clock', { ms }),
  };
};
