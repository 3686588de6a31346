import { describe, expect, it } from 'vitest';
import type { CredentialFor } from '../../../shared/azure/credentials.ts';
import { readRelayConnection } from '../../../shared/azure/relay/relayConnection.ts';
import { sasToken } from '../../../shared/azure/relay/sasToken.ts';

const policy = 'SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0';
const emulator = 'UseDevelopmentEmulator=true';

const nowMs = (): number => 1_764_000_000_000;

/** A credential that gives its scope and its identity as the token. */
const credentialFor: CredentialFor = (clientId) => ({
  getToken: async (scope) => ({ token: `${String(scope)} ${clientId ?? 'own'}`, expiresOnTimestamp: 0 }),
});

const read = (connectionString: string) =>
  readRelayConnection({ kind: 'key', connectionString }, credentialFor, nowMs);

const originOf = (endpoint: string, ...rest: string[]) =>
  read([`Endpoint=${endpoint}`, policy, ...rest].join(';')).origin;

describe('the connection string of a relay', () => {
  it('names host, policy and key', async () => {
    const { origin, tokenFor } = read(`Endpoint=sb://relay.example/;${policy}=;EntityPath=x`);
    expect(origin).toBe('https://relay.example');
    const key = { keyName: 'send', key: 'c2VjcmV0=' };
    expect(await tokenFor('orders')).toBe(sasToken('http://relay.example/orders', key, 1_764_000_600));
  });

  it.each(['localhost:9000', '127.0.0.1:9000', '127.0.0.1', '[::1]:9000'])(
    'of the emulator at %s is spoken to in plain HTTP',
    (host) => {
      expect(originOf(`sb://${host}`, emulator)).toBe(`http://${host}`);
      expect(originOf(`sb://${host}/`)).toBe(`https://${host}`);
      expect(originOf(`sb://${host}/`, 'UseDevelopmentEmulator=false')).toBe(`https://${host}`);
    },
  );

  it.each(['relay.example', 'localhost.example', '127.0.0.1.example', '10.0.0.1', 'localhost@relay.example'])(
    'cannot make the app speak plain HTTP to %s',
    (host) => {
      expect(originOf(`sb://${host}/`, emulator)).toBe(`https://${host}`);
    },
  );

  it('does not take a policy whose name speaks of the emulator for the emulator', () => {
    const text = `Endpoint=sb://localhost:1;SharedAccessKeyName=${emulator};SharedAccessKey=x`;
    expect(read(text).origin).toBe('https://localhost:1');
  });

  it.each([
    '',
    'Endpoint=sb://relay.example/',
    'Endpoint=sb://relay.example/;SharedAccessKeyName=send',
    policy,
    'Endpoint=sb://relay.example/;SharedAccessSignature=SharedAccessSignature sr=x',
  ])('is faulty as %j', (text) => {
    expect(() => read(text)).toThrow();
  });
});

describe('an identity at a relay', () => {
  const namespace = 'contoso.servicebus.windows.net';

  it('speaks HTTPS to its namespace, with a token for Azure Relay', async () => {
    const connection = readRelayConnection({ kind: 'identity', namespace }, credentialFor, nowMs);
    expect(connection.origin).toBe('https://contoso.servicebus.windows.net');
    expect(await connection.tokenFor('orders')).toBe('https://relay.azure.net/.default own');
  });

  it('may be one of several that the app has', async () => {
    const connection = { kind: 'identity', namespace, clientId: 'second' } as const;
    const { tokenFor } = readRelayConnection(connection, credentialFor, nowMs);
    expect(await tokenFor('orders')).toBe('https://relay.azure.net/.default second');
  });
});
