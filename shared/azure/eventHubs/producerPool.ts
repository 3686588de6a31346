import { EventHubProducerClient, type EventHubClientOptions } from '@azure/event-hubs';
import { connectionKey, connectionOfKey, type Connection } from '../connection.ts';
import type { CredentialFor } from '../credentials.ts';
import { leasePool, type Lease } from '../leasePool.ts';

export interface ProducerPool {
  lease(connection: Connection, hub: string): Lease<EventHubProducerClient>;
}

const openProducer = (
  [connection, hub]: readonly [Connection, string],
  credentialFor: CredentialFor,
  options: EventHubClientOptions,
): EventHubProducerClient =>
  connection.kind === 'key'
    ? new EventHubProducerClient(connection.connectionString, hub, options)
    : new EventHubProducerClient(connection.namespace, hub, credentialFor(connection.clientId), options);

/**
 * Keeps one producer for each hub. The SDK's own retries are off, as for Service Bus.
 *
 * @param sendTimeoutMs longest wait for the broker, link set-up included.
 */
export const producerPool = (sendTimeoutMs: number, credentialFor: CredentialFor): ProducerPool => {
  const options = { retryOptions: { maxRetries: 0, timeoutInMs: sendTimeoutMs } };
  const pool = leasePool(
    (key) => openProducer(connectionOfKey(key), credentialFor, options),
    (producer) => producer.close(),
  );
  return { lease: (connection, hub) => pool.lease(connectionKey(connection, hub)) };
};
