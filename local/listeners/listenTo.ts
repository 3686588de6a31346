import {
  connectionOf,
  subscriptionName,
  type LocalConnections,
  type LocalEndpoint,
} from '../stack/localEndpoints.ts';
import type { Listening, OnArrival } from './arrival.ts';
import { listenToEventHub } from './eventHubListener.ts';
import { listenToRelay } from './relayListener.ts';
import { listenToServiceBus } from './serviceBusListener.ts';

/** Listens where an endpoint posts to. Resolves when it is sure to get what comes from now on. */
export const listenTo = async (
  endpoint: LocalEndpoint,
  connections: LocalConnections,
  onArrival: OnArrival,
): Promise<Listening> => {
  const { contract, path, listener } = endpoint;
  const connectionString = connectionOf(connections, endpoint);
  switch (contract) {
    case 'queue':
      return listenToServiceBus(connectionString, { queue: path }, onArrival);
    case 'topic': {
      const source = { topic: path, subscription: subscriptionName };
      return listenToServiceBus(connectionString, source, onArrival);
    }
    case 'eventHub':
      return listenToEventHub(connectionString, path, onArrival);
    default:
      return listenToRelay(connectionString, { path, isSoap: listener === 'wcf' }, onArrival);
  }
};
