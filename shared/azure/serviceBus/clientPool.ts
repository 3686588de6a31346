import { ServiceBusClient, type ServiceBusSender } from '@azure/service-bus';

/** Sends through one queue's link over one connection; kept as long as it works. */
export interface SenderLease {
  readonly sender: ServiceBusSender;
  /** Gives the sender back. `broken`: the next lease gets a new connection. */
  release(broken: boolean): void;
}

export interface ClientPool {
  lease(connectionString: string, path: string): SenderLease;
}

interface PooledClient {
  readonly client: ServiceBusClient;
  readonly senders: Map<string, ServiceBusSender>;
  leases: number;
  broken: boolean;
}

/**
 * A client whose link set-up timed out stays unusable: the next send on it times out as well, and its close may hang
 * for minutes. So it is dropped, and closed without waiting once nobody sends through it.
 */
const closeUnattended = ({ client }: PooledClient): void => {
  client.close().catch(() => undefined);
};

/**
 * Keeps one client for each connection string, with one sender for each entity.
 *
 * @param sendTimeoutMs longest wait for the broker, link set-up included. The SDK's own retries are off: with them one
 *   call can store a message twice, and a lasting fault surfaces as a bare AggregateError.
 */
export const clientPool = (sendTimeoutMs: number): ClientPool => {
  const clients = new Map<string, PooledClient>();
  const open = (connectionString: string): PooledClient => {
    const client = new ServiceBusClient(connectionString, {
      retryOptions: { maxRetries: 0, timeoutInMs: sendTimeoutMs },
    });
    const pooled: PooledClient = { client, senders: new Map(), leases: 0, broken: false };
    clients.set(connectionString, pooled);
    return pooled;
  };
  const senderOf = (pooled: PooledClient, path: string): ServiceBusSender => {
    const known = pooled.senders.get(path);
    if (known !== undefined) return known;
    const sender = pooled.client.createSender(path);
    pooled.senders.set(path, sender);
    return sender;
  };
  const discard = (connectionString: string, pooled: PooledClient): void => {
    pooled.broken = true;
    if (clients.get(connectionString) === pooled) clients.delete(connectionString);
  };
  return {
    lease: (connectionString, path) => {
      const pooled = clients.get(connectionString) ?? open(connectionString);
      pooled.leases += 1;
      return {
        sender: senderOf(pooled, path),
        release: (broken) => {
          pooled.leases -= 1;
          if (broken) discard(connectionString, pooled);
          if (pooled.broken && pooled.leases === 0) closeUnattended(pooled);
        },
      };
    },
  };
};
