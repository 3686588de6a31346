import { describe, expect, it } from 'vitest';
import { beginningOf, withoutSecrets, withoutTheseSecrets } from '../../../shared/text/withoutSecrets.ts';

const secret = 'sEcReT0123456789+/abcdefghij=';

/** Texts as SDKs, brokers, listeners and HTTP clients quote them. */
const texts: readonly string[] = [
  `Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${secret}`,
  `Endpoint=sb://a/;SharedAccessKeyName=Root;SharedAccessKey=${secret};EntityPath=q`,
  `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret};EndpointSuffix=core.windows.net`,
  `BlobEndpoint=https://a/;SharedAccessSignature=sv=2024&sig=${secret}`,
  `GET https://a.blob.core.windows.net/c/b?sv=2024&sp=r&sig=${secret}&se=2030 failed`,
  `GET https://a/?sig=${encodeURIComponent(secret)} failed`,
  `SharedAccessSignature sr=http%3a%2f%2fa&sig=${secret}&se=1764000000&skn=Root`,
  `Authorization: SharedAccessSignature sr=sb%3a&sig=${secret}&se=1`,
  `authorization: Bearer ${secret}`,
  `{"Authorization":"Bearer ${secret}"}`,
  `{\\"ServiceBusAuthorization\\":\\"SharedAccessSignature sr=a&sig=${secret}\\"}`,
  `ServiceBusAuthorization: ${secret}`,
  `the token Bearer ${secret} was refused`,
  `POST https://app.azurewebsites.net/api/notify/orders?code=${secret}== 401`,
  `POST https://app/api/x?a=b&code=${encodeURIComponent(secret)}&c=d`,
  `x-functions-key: ${secret}`,
  `headers {"x-functions-key":"${secret}"}`,
  `wss://a/$hc/orders?sb-hc-action=connect&sb-hc-token=${encodeURIComponent(secret)}`,
  `client_secret=${secret}&grant_type=client_credentials`,
  `{"access_token":"${secret}","expires_in":3599}`,
  `amqps://Root:${encodeURIComponent(secret)}@a.servicebus.windows.net`,
  `Password=${secret};User=a`,
  `id eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL2EifQ.sEcReT0123456789 expired`,
];

describe('a text of a failure (E-6)', () => {
  it.each(texts)('has no secret in it any more: %s', (text) => {
    const kept = withoutSecrets(text);
    expect(kept).toContain('[removed]');
    expect(kept).not.toMatch(/sEcReT|0123456789/);
  });

  it.each([
    'The messaging entity "sb://a.servicebus.windows.net/orders" could not be found. TrackingId:1b2c_G1, SystemTracker:a:Queue:orders, Timestamp:2026-11-24T08:00:00',
    'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5671',
    'Unauthorized access. Send claim(s) are required. Resource: sb://a/orders',
    'Listener: 409 {"code":"Conflict","detail":"designation code=4711 exists"}',
    'The signature is wrong; design=new sigma=2',
    'Failed with status code 503: no listeners, 12:30@noon',
  ])('without one stays as it is: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('that quotes a known secret bare, or escaped for an address, loses it', () => {
    const clean = withoutTheseSecrets([secret, '']);
    expect(clean(`key ${secret}, ${encodeURIComponent(secret)}`)).toBe('key [removed], [removed]');
  });

  it('is not searched for what is too short to be a secret', () => {
    expect(withoutTheseSecrets(['a', 'ab'])('a cab')).toBe('a cab');
  });

  it.each([
    ['eyJ-'],
    ['eyJ', '-'],
    ['eyJaaaaaa.', 'eyJ-'],
    ['authorization: '],
    ['authorization', ' '],
    ['authorization:', '\n'],
    ['x-functions-key '],
    ['x-functions-key:', '\n'],
    ['SharedAccessSignature%20'],
    ['SharedAccessSignature ', ' '],
    ['SharedAccessSignature sr'],
    ['password '],
    ['password=', ' '],
    ['?sig'],
    ['?code='],
    ['Bearer a '],
    ['Bearer', ' '],
    ['Basic a '],
    ['Basic', ' '],
    ['://'],
    ['://a:'],
    ['://', 'a'],
    ['://', ':'],
    ['://', 'a:'],
  ])(
    'of megabytes is searched once from its start to its end, however hostile: %j',
    (first, more = first) => {
      const text = first + more.repeat(4_000_000 / more.length);
      expect(withoutSecrets(text).length).toBeGreaterThan(0);
    },
  );

  it('is searched as far as anything of it is kept, and what is behind goes', () => {
    const kept = beginningOf(`SharedAccessKey=${secret} ${'a'.repeat(9000)}sEcReT`);
    expect(kept).toMatch(/^SharedAccessKey=\[removed\] a+ \[cut\]$/);
    expect(beginningOf('short')).toBe('short');
  });
});
