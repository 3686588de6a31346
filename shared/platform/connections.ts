import type { Connection } from '../azure/connection.ts';
import { readConnectionString } from '../azure/serviceBus/connectionString.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Environment } from './environment.ts';

export interface Connections {
  /** As the settings say at the moment: a changed key counts from the next message on. */
  readonly connectionOf: (endpoint: ServiceEndpoint) => Connection;
  /** How the app signs in, without a secret. */
  readonly identityOf: (endpoint: ServiceEndpoint) => string;
}

export type ConnectionsRead =
  ({ readonly kind: 'read' } & Connections) | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** Settings of an identity-based connection, as Azure Functions name them. */
const namespaceSetting = (connection: string): string => `${connection}__fullyQualifiedNamespace`;
const clientIdSetting = (connection: string): string => `${connection}__clientId`;

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

const faultOfNamespace = (connection: string, namespace: string): string | undefined => {
  if (namespace === '') {
    return `the setting ${connection} is not set; it must hold a connection string, or ${namespaceSetting(connection)} the host name of the namespace.`;
  }
  return hostName.test(namespace)
    ? undefined
    : `${namespaceSetting(connection)} is no host name; it must read like contoso.servicebus.windows.net.`;
};

const faultOfString = ({ connection, path }: ServiceEndpoint, text: string): string | undefined => {
  const read = readConnectionString(text);
  if ('fault' in read) return `the connection string in ${connection} is not usable: ${read.fault}.`;
  return read.entityPath === undefined || read.entityPath === path
    ? undefined
    : `its path is "${path}", but the connection string in ${connection} is for "${read.entityPath}".`;
};

const faultOf = (endpoint: ServiceEndpoint, environment: Environment): string | undefined => {
  const { name, connection } = endpoint;
  const text = environment[connection] ?? '';
  const fault =
    text === ''
      ? faultOfNamespace(connection, environment[namespaceSetting(connection)] ?? '')
      : faultOfString(endpoint, text);
  return fault === undefined ? undefined : `Endpoint "${name}": ${fault}`;
};

/** The SDK refuses an entity's own connection string for a sender of that entity, so that part is dropped. */
const withoutEntityPath = (text: string): string => text.replace(/;?\s*EntityPath=[^;]*/i, '');

const connectionIn = (environment: Environment, setting: string): Connection => {
  const text = environment[setting] ?? '';
  if (text !== '') return { kind: 'key', connectionString: withoutEntityPath(text) };
  const namespace = environment[namespaceSetting(setting)] ?? '';
  const clientId = environment[clientIdSetting(setting)];
  return { kind: 'identity', namespace, ...(clientId === undefined ? {} : { clientId }) };
};

const describe = (connection: Connection, setting: string): string => {
  if (connection.kind === 'identity') {
    const { namespace, clientId } = connection;
    return `${clientId === undefined ? 'the managed identity' : `the managed identity ${clientId}`} at ${namespace}`;
  }
  const read = readConnectionString(connection.connectionString);
  return 'fault' in read ? 'none' : `shared access key ${read.keyName} (setting ${setting})`;
};

/** Looks up the connection of every endpoint; all that are missing or unusable are reported, without their text. */
export const readConnections = (
  endpoints: readonly ServiceEndpoint[],
  environment: Environment,
): ConnectionsRead => {
  const faults = endpoints.flatMap((endpoint) => faultOf(endpoint, environment) ?? []);
  if (faults.length > 0) return { kind: 'faulty', faults };
  const connectionOf = ({ connection }: ServiceEndpoint): Connection => connectionIn(environment, connection);
  return {
    kind: 'read',
    connectionOf,
    identityOf: (endpoint) => describe(connectionOf(endpoint), endpoint.connection),
  };
};
