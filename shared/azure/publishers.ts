import { failure, type Publisher } from '../delivery/delivery.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Connection } from './connection.ts';
import type { CredentialFor } from './credentials.ts';
import { eventHubPublisher } from './eventHubs/eventHubPublisher.ts';
import { producerPool } from './eventHubs/producerPool.ts';
import { limited } from './relay/inFlight.ts';
import { readRelayConnection } from './relay/relayConnection.ts';
import { relayPublisher } from './relay/relayPublisher.ts';
import { clientPool } from './serviceBus/clientPool.ts';
import { serviceBusPublisher } from './serviceBus/serviceBusPublisher.ts';

/**
 * Attempts of one relay endpoint at the same time, in one instance of the app. A listener may take a minute for each; all
 * endpoints share the instance's activities (host.json, `maxConcurrentActivityFunctions`).
 */
const mostAtOneListener = 16;

export interface PublishersOptions {
  /** Longest wait for a broker to confirm, in milliseconds. */
  readonly sendTimeoutMs: number;
  readonly connectionOf: (endpoint: ServiceEndpoint) => Connection;
  readonly credentialFor: CredentialFor;
  readonly nowMs: () => number;
}

/** The publisher of each endpoint, by its contract. Connections are made at the first message, and shared. */
export const publishers = ({
  sendTimeoutMs,
  connectionOf,
  credentialFor,
  nowMs,
}: PublishersOptions): ((endpoint: ServiceEndpoint) => Publisher) => {
  const clients = clientPool(sendTimeoutMs, credentialFor);
  const inFlight = limited(mostAtOneListener);
  const spared = (publisher: Publisher, name: string): Publisher => ({
    publish: async (message) =>
      (await inFlight(name, () => publisher.publish(message))) ??
      failure('ListenerBusy', `${mostAtOneListener} attempts of ${name} are under way.`),
  });
  const producers = producerPool(sendTimeoutMs, credentialFor);
  return (endpoint: ServiceEndpoint): Publisher => {
    const connection = connectionOf(endpoint);
    switch (endpoint.contract) {
      case 'queue':
      case 'topic':
        return serviceBusPublisher(clients, connection, endpoint.path, nowMs);
      case 'eventHub':
        return eventHubPublisher(producers, connection, endpoint.path, sendTimeoutMs);
      case 'oneWay':
      case 'twoWay':
      case 'rest':
        return spared(
          relayPublisher(readRelayConnection(connection, credentialFor, nowMs), endpoint),
          endpoint.name,
        );
    }
  };
};
