import {
  EventHubConsumerClient,
  EventHubProducerClient,
  type EventPosition,
  type ReceivedEventData,
  type SubscribeOptions,
} from '@azure/event-hubs';
import { onTestFinished } from 'vitest';
import type { HubOptions } from '../../../../local/bus/hubs/hubSettings.ts';
import { startTestBus, timeoutMs, type TestBus } from './testBus.ts';

/** One attempt, as the product sends. */
const oneAttempt = { retryOptions: { maxRetries: 0, timeoutInMs: timeoutMs } };

/** Closes a client after the test, even when its close never ends. */
const closeAtEnd = <Client extends { close(): Promise<void> }>(client: Client): Client => {
  onTestFinished(async () => {
    await Promise.race([client.close(), new Promise((resolve) => setTimeout(resolve, 500))]);
  });
  return client;
};

export const producerOf = (connectionString: string, hub = 'events'): EventHubProducerClient =>
  closeAtEnd(new EventHubProducerClient(connectionString, hub, oneAttempt));

export const consumerOf = (
  connectionString: string,
  group = '$Default',
  hub = 'events',
): EventHubConsumerClient => closeAtEnd(new EventHubConsumerClient(group, connectionString, hub, oneAttempt));

export const earliest: EventPosition = { offset: '-1' };

/** What a subscription has seen so far; goes on until the end of the test. */
export interface Seen {
  readonly events: ReceivedEventData[];
  readonly partitions: string[];
  readonly errors: (Error & { code?: string })[];
}

export const watch = (
  consumer: EventHubConsumerClient,
  startPosition: EventPosition,
  { partition, ...options }: SubscribeOptions & { readonly partition?: string } = {},
): Seen => {
  const seen: Seen = { events: [], partitions: [], errors: [] };
  const handlers = {
    processEvents: async (events: readonly ReceivedEventData[], { partitionId }: { partitionId: string }) => {
      seen.events.push(...events);
      seen.partitions.push(...events.map(() => partitionId));
    },
    processError: async (error: Error) => void seen.errors.push(error),
  };
  const all = { startPosition, maxBatchSize: 10, maxWaitTimeInSeconds: 0.2, ...options };
  if (partition === undefined) consumer.subscribe(handlers, all);
  else consumer.subscribe(partition, handlers, all);
  return seen;
};

export const bodiesIn = ({ events }: Seen): unknown[] => events.map(({ body }) => body as unknown);

/** A bus with the event hub `events` of two partitions. */
export const startWithHub = async (options: Partial<HubOptions> = {}) => {
  const test = await startTestBus({ eventHubs: [{ name: 'events', partitions: 2, ...options }] });
  const { connectionString } = test.bus;
  return { ...test, connectionString, producer: producerOf(connectionString) };
};

/** Events in each partition of the hub. */
export const countsOf = ({ bus }: Pick<TestBus, 'bus'>) =>
  bus.eventHubs.counts()[0]?.partitions.map(({ events }) => events);
