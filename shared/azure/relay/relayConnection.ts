import { parseServiceBusConnectionString } from '@azure/service-bus';
import type { SasKey } from './sasToken.ts';

/** A relay namespace and the key to it. */
export interface RelayConnection extends SasKey {
  /** `https://<namespace>`, without a slash at the end; `http://` only on this machine. */
  readonly origin: string;
  /** Host of the namespace, with its port if it has one. */
  readonly host: string;
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Reads a connection string of Azure Relay, which has the form of Service Bus's. Plain HTTP is spoken only to this
 * machine, and only where the string says `UseDevelopmentEmulator=true`.
 *
 * @throws Error when it lacks a part.
 */
export const readRelayConnection = (connectionString: string): RelayConnection => {
  const { endpoint, sharedAccessKeyName, sharedAccessKey } =
    parseServiceBusConnectionString(connectionString);
  if (sharedAccessKeyName === undefined || sharedAccessKey === undefined) {
    throw new Error('The connection string lacks SharedAccessKeyName or SharedAccessKey.');
  }
  const host = endpoint.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
  const isEmulator = /(^|;)\s*UseDevelopmentEmulator\s*=\s*true/i.test(connectionString);
  const scheme = isEmulator && loopback.test(host) ? 'http' : 'https';
  return { host, origin: `${scheme}://${host}`, keyName: sharedAccessKeyName, key: sharedAccessKey };
};
