import { ServiceBusClient, type ServiceBusSender } from '@azure/service-bus';
import { leasePool, type LeasePool } from '../leasePool.ts';

/** A connection to a namespace, with one link for each entity. */
export interface Senders {
  senderTo(path: string): ServiceBusSender;
  close(): Promise<void>;
}

export type ClientPool = LeasePool<Senders>;

const openSenders = (connectionString: string, timeoutInMs: number): Senders => {
  const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs } });
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
 * Keeps one client for each connection string.
 *
 * @param sendTimeoutMs longest wait for the broker, link set-up included. The SDK's own retries are off: with them one
 *   call can store a message twice, and a lasting fault surfaces as a bare AggregateError.
 */
export const clientPool = (sendTimeoutMs: number): ClientPool =>
  leasePool(
    (connectionString) => openSenders(connectionString, sendTimeoutMs),
    (senders) => senders.close(),
  );
