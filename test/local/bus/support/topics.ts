import type { ServiceBusMessage } from '@azure/service-bus';
import type { SubscriptionOptions, TopicOptions } from '../../../../local/bus/broker/topicOptions.ts';
import type { RuleFilter } from '../../../../local/bus/rules/rule.ts';
import { receiveWhatIsThere, startTestBus, type TestBus } from './testBus.ts';

/** A bus with the topic `news` and these subscriptions. */
export const startWithTopic = async (
  subscriptions: readonly SubscriptionOptions[],
  settings: Partial<TopicOptions> = {},
): Promise<TestBus> => startTestBus({ topics: [{ name: 'news', ...settings, subscriptions }] });

/** A subscription with one rule. */
export const filtered = (name: string, filter: RuleFilter): SubscriptionOptions => ({
  name,
  rules: [{ name: 'only', filter }],
});

export const sql = (expression: string): RuleFilter => ({ type: 'sql', expression });

export const subscriber = (client: TestBus['client'], name: string, topic = 'news') =>
  client.createReceiver(topic, name, { maxAutoLockRenewalDurationInMs: 0 });

export const publish = (client: TestBus['client'], ...messages: readonly ServiceBusMessage[]) =>
  client.createSender('news').sendMessages([...messages]);

/** Bodies of what a subscription has to give right now, in order. */
export const bodiesOf = async (client: TestBus['client'], name: string): Promise<unknown[]> =>
  (await receiveWhatIsThere(subscriber(client, name))).map(({ body }) => body as unknown);
