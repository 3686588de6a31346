/** A client in use. */
export interface Lease<Client> {
  readonly client: Client;
  /** Gives the client back. `broken`: the next lease gets a new one. */
  release(broken: boolean): void;
}

export interface LeasePool<Client> {
  lease(key: string): Lease<Client>;
}

interface Pooled<Client> {
  readonly client: Client;
  leases: number;
  broken: boolean;
}

/**
 * Keeps one client for each key as long as it works.
 *
 * A client of Azure's messaging SDKs whose link set-up timed out stays unusable: the next send on it times out as well,
 * and its close may hang for minutes. So a broken one is dropped, and closed without waiting once nobody uses it.
 */
export const leasePool = <Client>(
  open: (key: string) => Client,
  close: (client: Client) => Promise<void>,
): LeasePool<Client> => {
  const clients = new Map<string, Pooled<Client>>();
  const opened = (key: string): Pooled<Client> => {
    const pooled = { client: open(key), leases: 0, broken: false };
    clients.set(key, pooled);
    return pooled;
  };
  const discard = (key: string, pooled: Pooled<Client>): void => {
    pooled.broken = true;
    if (clients.get(key) === pooled) clients.delete(key);
  };
  return {
    lease: (key) => {
      const pooled = clients.get(key) ?? opened(key);
      pooled.leases += 1;
      return {
        client: pooled.client,
        release: (broken) => {
          pooled.leases -= 1;
          if (broken) discard(key, pooled);
          if (pooled.broken && pooled.leases === 0) close(pooled.client).catch(() => undefined);
        },
      };
    },
  };
};
