import {
  ServiceBusClient,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiverOptions,
} from '@azure/service-bus';
import { onTestFinished } from 'vitest';
import type { BusOptions } from '../../../../local/bus/busOptions.ts';
import { createClock, type MovableClock } from '../../../../local/bus/clock/clock.ts';
import { startBus, type Bus } from '../../../../local/bus/startBus.ts';

/** Long enough never to be reached by something that answers, short enough to wait for silence. */
export const timeoutMs = 1500;

/** One attempt, as the product sends. */
const oneAttempt = {
  retryOptions: { maxRetries: 0, timeoutInMs: timeoutMs },
} satisfies ServiceBusClientOptions;

/** Takes what is to be done when a test has ended; a test that runs beside others has one of its own. */
type OnFinished = (cleanUp: () => Promise<void>) => void;

/** A client that is thrown away after the test, even when its close never ends. */
export const connect = (
  connectionString: string,
  options: ServiceBusClientOptions = oneAttempt,
  onFinished: OnFinished = onTestFinished,
) => {
  const client = new ServiceBusClient(connectionString, options);
  onFinished(async () => {
    await Promise.race([client.close(), new Promise((resolve) => setTimeout(resolve, 500))]);
  });
  return client;
};

export interface TestBus {
  readonly bus: Bus;
  readonly client: ServiceBusClient;
  readonly clock: MovableClock;
}

/** A bus in this process that ends with the test, and a client of it. */
export const startTestBus = async (
  options: BusOptions = {},
  onFinished: OnFinished = onTestFinished,
): Promise<TestBus> => {
  const clock = createClock();
  const bus = await startBus({ queues: [{ name: 'orders' }], clock, ...options });
  onFinished(() => bus.close());
  return { bus, client: connect(bus.connectionString, oneAttempt, onFinished), clock };
};

/** A receiver that renews no locks behind the test's back. */
export const receiverOf = (
  client: ServiceBusClient,
  queue = 'orders',
  options: ServiceBusReceiverOptions = {},
) => client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0, ...options });

/** How long to wait where nothing is expected to come. */
const aWhileMs = 250;

/** Exactly `count` messages, as soon as they are there. */
export const receive = async (
  receiver: ReturnType<typeof receiverOf>,
  count = 1,
): Promise<[ServiceBusReceivedMessage, ...ServiceBusReceivedMessage[]]> => {
  const messages: ServiceBusReceivedMessage[] = [];
  while (messages.length < count) {
    const more = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: 5000 });
    if (more.length === 0) throw new Error(`Only ${messages.length} of ${count} messages came.`);
    messages.push(...more);
  }
  const [first, ...others] = messages;
  if (first === undefined) throw new Error('No message was asked for.');
  return [first, ...others];
};

/** What there is to receive right now, at most ten messages. */
export const receiveWhatIsThere = (receiver: ReturnType<typeof receiverOf>) =>
  receiver.receiveMessages(10, { maxWaitTimeInMs: aWhileMs });

/** The error a promise ends with; fails when it succeeds. */
export const failureOf = async (
  work: Promise<unknown>,
): Promise<Error & { code?: string; retryable?: boolean }> => {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('It succeeded.');
  return outcome;
};
