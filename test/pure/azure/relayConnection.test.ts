import { describe, expect, it } from 'vitest';
import { readRelayConnection } from '../../../shared/azure/relay/relayConnection.ts';

const policy = 'SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0';
const emulator = 'UseDevelopmentEmulator=true';

const originOf = (endpoint: string, ...rest: string[]) =>
  readRelayConnection([`Endpoint=${endpoint}`, policy, ...rest].join(';')).origin;

describe('the connection string of a relay', () => {
  it('names host, policy and key', () => {
    expect(readRelayConnection(`Endpoint=sb://relay.example/;${policy}=;EntityPath=x`)).toEqual({
      host: 'relay.example',
      origin: 'https://relay.example',
      keyName: 'send',
      key: 'c2VjcmV0=',
    });
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
    expect(readRelayConnection(text).origin).toBe('https://localhost:1');
  });

  it.each([
    '',
    'Endpoint=sb://relay.example/',
    'Endpoint=sb://relay.example/;SharedAccessKeyName=send',
    policy,
    'Endpoint=sb://relay.example/;SharedAccessSignature=SharedAccessSignature sr=x',
  ])('is faulty as %j', (text) => {
    expect(() => readRelayConnection(text)).toThrow();
  });
});
