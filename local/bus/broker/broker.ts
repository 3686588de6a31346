import type { AccessKey } from '../../sas/accessKey.ts';
import type { Clock } from '../clock/clock.ts';
import { hubAddressOf } from '../hubs/hubAddress.ts';
import { createHubs, type Hubs } from '../hubs/hubs.ts';
import { compileRules } from '../rules/matching.ts';
import type { Entity } from './entity.ts';
import type { Ledger } from './ledger.ts';
import { createQueue } from './queue.ts';
import type { QueueCounts } from './queueCounts.ts';
import { queueKey, queueSettings, type QueueOptions } from './queueSettings.ts';
import type { NamespaceState } from './namespace.ts';
import { createSubscription, type Subscription } from './subscription.ts';
import { topicOfPath } from './subscriptionPath.ts';
import { createTopic } from './topic.ts';
import { createTopics, type Topics } from './topics.ts';

/** All entities of the namespace. */
export interface Broker {
  /** Upper and lower case are not told apart. */
  find(name: string): Entity | undefined;
  /** Of the queues. */
  counts(): QueueCounts[];
  /**
   * Creates a queue, or puts these settings in the place of all it has; resolves when that is stored.
   *
   * @throws Error when the name is taken by a topic.
   */
  put(options: QueueOptions): Promise<void>;
  /** Deletes a queue with all it holds; false when there is none. */
  remove(name: string): Promise<boolean>;
  readonly topics: Topics;
  readonly hubs: Hubs;
  /** Keys that open what a path names, besides those of the namespace; undefined when it names nothing. */
  keysFor(path: string): readonly AccessKey[] | undefined;
  /** Calls `listener` with the name of every entity that was changed or deleted. */
  onChanged(listener: (name: string) => void): void;
  close(): void;
}

export interface BrokerOptions {
  readonly state: NamespaceState;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

export const createBroker = ({
  state: { entities: state, hubs: hubStates },
  clock,
  ledger,
}: BrokerOptions): Broker => {
  const entities = new Map<string, Entity>();
  /** By the key of their topic, then by their own. */
  const subscriptions = new Map<string, Map<string, Subscription>>();
  const listeners: ((name: string) => void)[] = [];
  const tell = (name: string): void => {
    for (const listener of listeners) listener(name);
  };
  const subscriptionsOf = (topicKey: string): Map<string, Subscription> => {
    const known = subscriptions.get(topicKey) ?? new Map<string, Subscription>();
    subscriptions.set(topicKey, known);
    return known;
  };
  const open = (key: string): void => {
    const entityState = state.get(key);
    if (entityState === undefined) return;
    const parts = { state: entityState, clock, ledger };
    if (entityState.settings.kind === 'topic') {
      entities.set(key, createTopic({ ...parts, subscriptions: () => [...subscriptionsOf(key).values()] }));
      return;
    }
    const queue = createQueue(parts);
    entities.set(key, queue);
    const topic = topicOfPath(key);
    if (entityState.settings.kind !== 'subscription' || topic === undefined) return;
    subscriptionsOf(topic).set(key, createSubscription(entityState, queue));
  };

  const put = async (options: QueueOptions): Promise<void> => {
    const key = queueKey(options.name);
    const known = entities.get(key);
    if (known !== undefined && known.settings.kind !== options.kind) {
      throw new Error(`There is a ${known.settings.kind ?? 'queue'} called '${options.name}' already.`);
    }
    if (
      known !== undefined &&
      (known.settings.requiresSession ?? false) !== (options.requiresSession ?? false)
    ) {
      throw new Error(`Whether '${options.name}' requires sessions cannot be changed.`);
    }
    if (hubs.find(options.name) !== undefined) {
      throw new Error(`There is an event hub called '${options.name}' already.`);
    }
    compileRules(options.rules ?? []);
    const stored = ledger.commit({
      kind: 'queuePut',
      settings: queueSettings(options),
      lastSequenceNumber: state.get(key)?.lastSequenceNumber ?? 0,
    });
    if (known === undefined) open(key);
    entities.get(key)?.wake();
    tell(options.name);
    await stored;
  };
  const remove = async (name: string, kind: QueueOptions['kind']): Promise<boolean> => {
    const key = queueKey(name);
    const entity = entities.get(key);
    if (entity === undefined || entity.settings.kind !== kind) return false;
    entity.close();
    entities.delete(key);
    subscriptions.get(topicOfPath(key) ?? '')?.delete(key);
    tell(name);
    await ledger.commit({ kind: 'queueDeleted', queue: key });
    return true;
  };
  const find = (name: string): Entity | undefined => entities.get(queueKey(name));
  const ofKind = (kind: QueueOptions['kind']): Entity[] =>
    [...entities.values()].filter(({ settings }) => settings.kind === kind);

  const hubs = createHubs({
    state: hubStates,
    clock,
    ledger,
    isTaken: (name) => find(name) !== undefined,
    onChanged: tell,
  });
  const keysFor = (path: string): readonly AccessKey[] | undefined => {
    const hub = hubs.find(hubAddressOf(path)?.hub ?? '');
    if (hub !== undefined) return hub.settings.keys;
    const entity = find(path);
    // Subscriptions have no keys of their own: those of the topic open them.
    return entity === undefined ? undefined : (find(topicOfPath(path) ?? '') ?? entity).settings.keys;
  };

  for (const key of state.keys()) open(key);
  return {
    find,
    counts: () => ofKind(undefined).map((queue) => queue.counts()),
    put,
    remove: (name) => remove(name, undefined),
    hubs,
    keysFor,
    topics: createTopics({ find, ofKind, put, remove }),
    onChanged: (listener) => void listeners.push(listener),
    close: () => {
      for (const entity of entities.values()) entity.close();
    },
  };
};
