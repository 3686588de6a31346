import { EventHubProducerClient } from '@azure/event-hubs';
import { leasePool, type LeasePool } from '../leasePool.ts';

export type ProducerPool = LeasePool<EventHubProducerClient>;

/** A key of the pool: connection string and hub. */
export const producerKey = (connectionString: string, hub: string): string =>
  JSON.stringify([connectionString, hub]);

/**
 * Keeps one producer for each hub. The SDK's own retries are off, as for Service Bus.
 *
 * @param sendTimeoutMs longest wait for the broker, link set-up included.
 */
export const producerPool = (sendTimeoutMs: number): ProducerPool =>
  leasePool(
    (key) => {
      const [connectionString, hub] = JSON.parse(key) as [string, string];
      return new EventHubProducerClient(connectionString, hub, {
        retryOptions: { maxRetries: 0, timeoutInMs: sendTimeoutMs },
      });
    },
    (producer) => producer.close(),
  );
