import { ServiceBusClient, type ServiceBusClientOptions, type ServiceBusSender } from '@azure/service-bus';
import { connectionKey, connectionOfKey, type Connection } from '../connection.ts';
import type { CredentialFor } from '../credentials.ts';
import { leasePool, type Lease } from '../leasePool.ts';

/** A connection to a namespace, with one link for each entity. */
export interface Senders {
  senderTo(path: string): ServiceBusSender;
  close(): Promise<void>;
}

export interface ClientPool {
  lease(connection: Connection): Lease<Senders>;
}

const openClient = (
  connection: Connection,
  credentialFor: CredentialFor,
  options: ServiceBusClientOptions,
): ServiceBusClient =>
  connection.kind === 'key'
    ? new ServiceBusClient(connection.connectionString, options)
    : new ServiceBusClient(connection.namespace, credentialFor(connection.clientId), options);

const sendersOf = (client: ServiceBusClient): Senders => {
  const senders = new Map<string, ServiceBusSender>();
  return {
    senderTo: (path) => {
      const sender = senders.get(path) ?? client.createSender(path);
      senders.set(path, sender);
      return sender;
    },
    close: () => client.close(),
  };
};

/**
 * Keeps one client for each connection.
 *
 * @param sendTimeoutMs longest wait for the broker, link set-up included. The SDK's own retries are off: with them one
 *   call can store a message twice, and a lasting fault surfaces as a bare AggregateError.
 */
export const clientPool = (sendTimeoutMs: number, credentialFor: CredentialFor): ClientPool => {
  const options = { retryOptions: { maxRetries: 0, timeoutInMs: sendTimeoutMs } };
  const pool = leasePool(
    (key) => sendersOf(openClient(connectionOfKey(key)[0], credentialFor, options)),
    (senders) => senders.close(),
  );
  return { lease: (connection) => pool.lease(connectionKey(connection)) };
};
