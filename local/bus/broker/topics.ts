import type { Entity } from './entity.ts';
import { queueKey, type QueueOptions } from './queueSettings.ts';
import { subscriptionName, subscriptionPath, topicOfPath } from './subscriptionPath.ts';
import type { SubscriptionCounts, SubscriptionOptions, TopicCounts, TopicOptions } from './topicOptions.ts';

/** The topics of the namespace. */
export interface Topics {
  counts(): TopicCounts[];
  /** Creates a topic, or puts these settings in the place of all it has; then the subscriptions that are named. */
  put(options: TopicOptions): Promise<void>;
  /** Deletes a topic with its subscriptions; false when there is none. */
  readonly remove: (name: string) => Promise<boolean>;
  /** Creates a subscription or changes it. @throws Error when there is no such topic. */
  putSubscription(topic: string, options: SubscriptionOptions): Promise<void>;
  /** False when there is none. */
  removeSubscription(topic: string, name: string): Promise<boolean>;
}

/** What of the broker the topics are made with. */
export interface TopicsOptions {
  readonly find: (name: string) => Entity | undefined;
  readonly ofKind: (kind: QueueOptions['kind']) => Entity[];
  readonly put: (options: QueueOptions) => Promise<void>;
  readonly remove: (name: string, kind: QueueOptions['kind']) => Promise<boolean>;
}

const subscriptionCounts = (entity: Entity): SubscriptionCounts => {
  const { active, locked, deferred, deadLetter, sizeBytes } = entity.counts();
  return { name: subscriptionName(entity.settings.name), active, locked, deferred, deadLetter, sizeBytes };
};

export const createTopics = ({ find, ofKind, put, remove }: TopicsOptions): Topics => {
  const subscriptionsOf = (topic: string): Entity[] =>
    ofKind('subscription').filter(
      ({ settings }) => queueKey(topicOfPath(settings.name) ?? '') === queueKey(topic),
    );
  const countsOf = (topic: Entity): TopicCounts => {
    const { name, scheduled, sizeBytes, acceptedTransfers, acceptedMessages, droppedDuplicates } =
      topic.counts();
    const subscriptions = subscriptionsOf(name).map(subscriptionCounts);
    return {
      ...{ name, scheduled, sizeBytes, acceptedTransfers, acceptedMessages, droppedDuplicates },
      subscriptions,
    };
  };
  const putSubscription = async (topic: string, options: SubscriptionOptions): Promise<void> => {
    if (find(topic)?.settings.kind !== 'topic') throw new Error(`There is no topic '${topic}'.`);
    const name = subscriptionPath(topic, options.name);
    const rules = options.rules ?? find(name)?.settings.rules;
    await put({ ...options, kind: 'subscription', name, ...(rules !== undefined && { rules }) });
  };
  return {
    counts: () => ofKind('topic').map(countsOf),
    put: async ({ subscriptions = [], ...settings }) => {
      // Not one after the other: nobody is to see the topic without its subscriptions.
      const stored = [put({ ...settings, kind: 'topic' })];
      for (const subscription of subscriptions) stored.push(putSubscription(settings.name, subscription));
      await Promise.all(stored);
    },
    remove: async (name) => {
      if (find(name)?.settings.kind !== 'topic') return false;
      const paths = subscriptionsOf(name).map(({ settings }) => settings.name);
      await Promise.all([...paths.map((path) => remove(path, 'subscription')), remove(name, 'topic')]);
      return true;
    },
    putSubscription,
    removeSubscription: (topic, name) => remove(subscriptionPath(topic, name), 'subscription'),
  };
};
