import { createClock } from '../bus/clock/clock.ts';
import { connectionStringOf, type ConnectionStringOptions } from '../sas/connectionString.ts';
import { rootKey } from '../sas/rootKey.ts';
import { createAuthorize } from './access/authorize.ts';
import { createRendezvousDesk } from './channel/rendezvous.ts';
import { createEntities, type EntityCounts } from './entity/entities.ts';
import { createFaultEngine, type FaultEngine } from './faults/faultEngine.ts';
import { answerWithinMs, rendezvousWithinMs } from './protocol/limits.ts';
import type { RelayKind, RelayOptions, RelaySettings } from './relayOptions.ts';
import { createRelayServer } from './relayServer.ts';

/** A relay, who listens on it, and what has happened on it. */
export interface RelayCounts extends Readonly<EntityCounts> {
  readonly name: string;
  readonly kind: RelayKind;
  readonly listeners: number;
}

/** A running relay namespace on 127.0.0.1. */
export interface Relay {
  readonly port: number;
  /** Of the first key of the namespace. */
  readonly connectionString: string;
  connectionStringFor(options: ConnectionStringOptions): string;
  relays(): readonly RelayCounts[];
  /** Creates a relay, or puts these settings in the place of all it has; who listens goes on listening. */
  put(settings: RelaySettings): void;
  /** Deletes a relay and cuts off its listeners. False when there is none. */
  remove(name: string): boolean;
  readonly faults: Omit<FaultEngine, 'strike'>;
  /** Refuses connections and cuts those there are. */
  stopListening(): Promise<void>;
  /** Listens again, on the same port. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for an Azure Relay namespace: plain HTTP on 127.0.0.1. It keeps nothing: relays come from the
 * options, and listeners come back by themselves.
 *
 * @throws Error when the port is taken.
 */
export const startRelay = async (options: RelayOptions = {}): Promise<Relay> => {
  const tokenClock = options.tokenClock ?? createClock();
  const keys = options.keys ?? [rootKey];
  const faults = createFaultEngine(Date.now);
  faults.put(options.faults ?? []);
  const entities = createEntities();
  for (const settings of options.relays ?? []) entities.put(settings);

  let port = options.port ?? 0;
  const server = createRelayServer({
    entities,
    authorize: createAuthorize(keys, tokenClock.now),
    desk: createRendezvousDesk(options.rendezvousWithinMs ?? rendezvousWithinMs),
    faults,
    tokenClock,
    answerWithinMs: options.answerWithinMs ?? answerWithinMs,
    host: () => `127.0.0.1:${port}`,
    log: options.log ?? (() => undefined),
  });
  const listen = async (): Promise<void> => {
    port = await server.listen(port);
  };
  await listen();
  return {
    port,
    connectionString: connectionStringOf(port, keys, {}),
    connectionStringFor: (wanted) => connectionStringOf(port, keys, wanted),
    relays: () =>
      entities.all().map(({ settings: { name, kind }, listeners, counts }) => ({
        name,
        kind,
        listeners: listeners.count,
        ...counts,
      })),
    put: entities.put,
    remove: entities.remove,
    faults,
    stopListening: server.stopListening,
    listen,
    close: server.stopListening,
  };
};
