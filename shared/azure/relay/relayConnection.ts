import { parseServiceBusConnectionString } from '@azure/service-bus';
import type { Connection } from '../connection.ts';
import type { CredentialFor } from '../credentials.ts';
import { sasToken } from './sasToken.ts';

/** A relay namespace, and how tokens for it are made. */
export interface RelayConnection {
  /** `https://<namespace>`, without a slash at the end; `http://` only on this machine. */
  readonly origin: string;
  /**
   * A token for a relay's path, already escaped. It goes into `ServiceBusAuthorization` as it is, of either kind (as
   * Microsoft's own relay clients send it).
   */
  readonly tokenFor: (path: string, signal?: AbortSignal) => Promise<string>;
  /** Whether its tokens open one relay for a short time, so that they may also stand in an envelope. */
  readonly hasNarrowTokens: boolean;
}

/** Source: Microsoft Learn, "Authenticate an application with Microsoft Entra ID to access Azure Relay entities". */
const scope = 'https://relay.azure.net/.default';

/** A token is made for each attempt; good for long enough that clocks may differ. */
const tokenLifeSeconds = 600;

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

const withKey = (connectionString: string, nowMs: () => number): RelayConnection => {
  const { endpoint, sharedAccessKeyName, sharedAccessKey } =
    parseServiceBusConnectionString(connectionString);
  if (sharedAccessKeyName === undefined || sharedAccessKey === undefined) {
    throw new Error('The connection string lacks SharedAccessKeyName or SharedAccessKey.');
  }
  const host = endpoint.replace(/^\w+:\/\//, '').replace(/\/.*$/, '');
  const isEmulator = /(^|;)\s*UseDevelopmentEmulator\s*=\s*true/i.test(connectionString);
  const key = { keyName: sharedAccessKeyName, key: sharedAccessKey };
  return {
    origin: `${isEmulator && loopback.test(host) ? 'http' : 'https'}://${host}`,
    hasNarrowTokens: true,
    tokenFor: async (path) =>
      sasToken(`http://${host}/${path}`, key, Math.floor(nowMs() / 1000) + tokenLifeSeconds),
  };
};

/**
 * Reads a connection to Azure Relay; connection strings have the form of Service Bus's. Plain HTTP is spoken only to
 * this machine, and only where the string says `UseDevelopmentEmulator=true`.
 *
 * @param nowMs the clock by which tokens expire.
 * @throws Error when a connection string lacks a part.
 */
export const readRelayConnection = (
  connection: Connection,
  credentialFor: CredentialFor,
  nowMs: () => number,
): RelayConnection => {
  if (connection.kind === 'key') return withKey(connection.connectionString, nowMs);
  const { namespace, clientId } = connection;
  return {
    origin: `https://${namespace}`,
    hasNarrowTokens: false,
    tokenFor: async (_path, signal) => {
      const options = signal === undefined ? {} : { abortSignal: signal };
      const token = await credentialFor(clientId).getToken(scope, options);
      if (token === null) throw new Error('The identity got no token for Azure Relay.');
      return token.token;
    },
  };
};
