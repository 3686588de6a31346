import { connectionStringOf, type ConnectionStringOptions } from '../sas/connectionString.ts';
import { rootKey } from '../sas/rootKey.ts';
import { createAmqpServer } from './amqp/amqpServer.ts';
import type { BusServices } from './amqp/busServices.ts';
import { createAuthorizer } from './auth/authorize.ts';
import { createBroker, type Broker } from './broker/broker.ts';
import { emptyNamespace } from './broker/namespace.ts';
import type { Topics } from './broker/topics.ts';
import type { BusOptions } from './busOptions.ts';
import { createClock } from './clock/clock.ts';
import { createFaultEngine, type FaultEngine } from './faults/faultEngine.ts';
import type { Hubs } from './hubs/hubs.ts';
import { openLedger } from './store/openLedger.ts';

/** A running Service Bus namespace on 127.0.0.1. */
export interface Bus {
  readonly port: number;
  /** Of the first key of the namespace; for Service Bus and for Event Hubs. */
  readonly connectionString: string;
  connectionStringFor(options: ConnectionStringOptions): string;
  /** Queues: what they hold, creating, changing, deleting. */
  readonly queues: Pick<Broker, 'counts' | 'put' | 'remove'>;
  /** The same for topics and their subscriptions. */
  readonly topics: Topics;
  /** The same for event hubs. */
  readonly eventHubs: Pick<Hubs, 'counts' | 'put' | 'remove'>;
  readonly faults: Omit<FaultEngine, 'strike' | 'active'>;
  /** Refuses connections and cuts those there are; nothing that was answered is lost. */
  stopListening(): Promise<void>;
  /** Listens again, on the same port. */
  listen(): Promise<void>;
  /** Stops for good; with a state folder, {@link startBus} goes on where this one stopped. */
  close(): Promise<void>;
}

const createEntities = async (
  broker: Broker,
  { queues = [], topics = [], eventHubs = [] }: BusOptions,
): Promise<void> => {
  await Promise.all([
    ...queues.map((queue) => broker.put(queue)),
    ...topics.map((topic) => broker.topics.put(topic)),
    ...eventHubs.map((hub) => broker.hubs.put(hub)),
  ]);
};

/**
 * Starts a stand-in for an Azure Service Bus namespace: AMQP 1.0 over plain TCP on 127.0.0.1.
 *
 * @throws Error when the port is taken, a filter cannot be used, the state folder cannot be used or another process uses it.
 */
export const startBus = async (options: BusOptions = {}): Promise<Bus> => {
  const clock = options.clock ?? createClock();
  const tokenClock = options.tokenClock ?? createClock();
  const keys = options.keys ?? [rootKey];
  const log = options.log ?? (() => undefined);
  const faults = createFaultEngine(clock.now);
  faults.put(options.faults ?? []);

  const state = emptyNamespace();
  const ledger = await openLedger(state, options, log);
  const broker = createBroker({ state, clock, ledger });
  await createEntities(broker, options).catch(async (error: unknown) => {
    await ledger.close();
    throw error;
  });

  let port = options.port ?? 0;
  const services: BusServices = {
    broker,
    authorizer: createAuthorizer({ broker, keys, nowMs: tokenClock.now }),
    faults,
    clock,
    tokenClock,
    uriOf: (path) => `sb://127.0.0.1:${port}/${path}`,
    log,
  };
  const server = createAmqpServer(services);
  const close = async (): Promise<void> => {
    await server.stopListening();
    broker.close();
    await ledger.close();
  };
  const listen = async (): Promise<void> => {
    port = await server.listen(port);
  };
  try {
    await listen();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    connectionString: connectionStringOf(port, keys, {}),
    connectionStringFor: (wanted) => connectionStringOf(port, keys, wanted),
    queues: broker,
    topics: broker.topics,
    eventHubs: broker.hubs,
    faults,
    stopListening: server.stopListening,
    listen,
    close,
  };
};
