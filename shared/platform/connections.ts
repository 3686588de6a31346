import { readConnectionString } from '../azure/serviceBus/connectionString.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Environment } from './settings.ts';

export interface Connections {
  /** As the setting says at the moment: a changed key counts from the next message on. */
  readonly connectionStringOf: (endpoint: ServiceEndpoint) => string;
  /** How the app signs in, without a secret. */
  readonly identityOf: (endpoint: ServiceEndpoint) => string;
}

export type ConnectionsRead =
  ({ readonly kind: 'read' } & Connections) | { readonly kind: 'faulty'; readonly faults: readonly string[] };

const missing = (endpoint: ServiceEndpoint, environment: Environment): string => {
  const { name, connection } = endpoint;
  return environment[`${connection}__fullyQualifiedNamespace`] === undefined
    ? `Endpoint "${name}": the setting ${connection} is not set; it must hold a connection string.`
    : `Endpoint "${name}": ${connection}__fullyQualifiedNamespace is set, but identity-based connections are not supported yet; set ${connection} to a connection string.`;
};

const faultOf = (endpoint: ServiceEndpoint, environment: Environment): string | undefined => {
  const { name, connection, path } = endpoint;
  const text = environment[connection] ?? '';
  if (text === '') return missing(endpoint, environment);
  const read = readConnectionString(text);
  if ('fault' in read) {
    return `Endpoint "${name}": the connection string in ${connection} is not usable: ${read.fault}.`;
  }
  return read.entityPath === undefined || read.entityPath === path
    ? undefined
    : `Endpoint "${name}": its path is "${path}", but the connection string in ${connection} is for "${read.entityPath}".`;
};

/** The SDK refuses an entity's own connection string for a sender of that entity, so that part is dropped. */
const withoutEntityPath = (text: string): string => text.replace(/;?\s*EntityPath=[^;]*/i, '');

/** Looks up the connection of every endpoint; all that are missing or unusable are reported, without their text. */
export const readConnections = (
  endpoints: readonly ServiceEndpoint[],
  environment: Environment,
): ConnectionsRead => {
  const faults = endpoints.flatMap((endpoint) => faultOf(endpoint, environment) ?? []);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const connectionStringOf = ({ connection }: ServiceEndpoint): string =>
    withoutEntityPath(environment[connection] ?? '');
  return {
    kind: 'read',
    connectionStringOf,
    identityOf: (endpoint) => {
      const read = readConnectionString(connectionStringOf(endpoint));
      return 'fault' in read ? 'none' : `shared access key ${read.keyName} (setting ${endpoint.connection})`;
    },
  };
};
