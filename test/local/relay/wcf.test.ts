import { describe, expect, it } from 'vitest';
import {
  keyWith,
  listenOn,
  listenUrl,
  rawListener,
  resourceOf,
  send,
  startTestRelay,
  tokenFor,
} from './support/testRelay.ts';

const path = 'old/listener';

/** A SOAP 1.2 envelope as a client of WS2007HttpRelayBinding sends it, with the token in its header when there is one. */
const envelope = (token?: string, prefix = '') => {
  const encoded = token === undefined ? '' : Buffer.from(token).toString('base64');
  const name = prefix === '' ? 'RelayAccessToken' : `${prefix}:RelayAccessToken`;
  const xmlns = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
  const header =
    token === undefined
      ? ''
      : `<${name} ${xmlns}="http://schemas.microsoft.com/netservices/2009/05/servicebus/connect">
    <wsse:BinarySecurityToken wsu:Id="uuid:1" ValueType="http://schemas.xmlsoap.org/ws/2009/11/swt-token-profile-1.0"
      xmlns:wsse="urn:wsse" xmlns:wsu="urn:wsu">${encoded}</wsse:BinarySecurityToken></${name}>`;
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>${header}</s:Header><s:Body><Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"/></s:Body></s:Envelope>`;
};

const soap = { 'content-type': 'application/soap+xml; charset=utf-8' };

describe('a WCF relay', () => {
  it('takes SOAP at its address with the token in the HTTP header, and passes the bytes on', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay, { path }));
    const body = envelope();
    const sending = send(relay, { path, headers: soap, body, token: tokenFor(resourceOf(relay, path)) });
    const request = await listener.next();
    expect(request).toMatchObject({ method: 'POST', requestTarget: '/old/listener' });
    expect(request.bytes?.toString()).toBe(body);
    expect(request.requestHeaders['content-type']).toBe(soap['content-type']);
    expect(JSON.stringify(request.requestHeaders)).not.toContain('SharedAccessSignature');
    listener.say(
      { response: { requestId: request.id, statusCode: 500, body: true } },
      Buffer.from('<fault/>'),
    );
    const answer = await sending;
    expect(answer).toMatchObject({ status: 500, text: '<fault/>' });
    // A rule of hybrid connections.
    expect(answer.headers.has('via')).toBe(false);
  });

  it('takes REST at Execute below its address', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, ({ target, body }) => ({ body: `${target} ${body.toString()}` }), { path });
    const answer = await send(relay, { path: `${path}/Execute`, body: '{"a":1}' });
    expect(answer).toMatchObject({ status: 200, text: '/old/listener/Execute {"a":1}' });
  });

  it.each(['', 'rel'])('takes the token in the SOAP header (prefix "%s")', async (prefix) => {
    const relay = await startTestRelay();
    await listenOn(relay, () => ({ status: 202 }), { path });
    const token = tokenFor(resourceOf(relay, path));
    const sent = (body: string) => send(relay, { path, token: null, headers: soap, body });
    expect((await sent(envelope(token, prefix))).status).toBe(202);
    expect(
      (await sent(envelope(tokenFor(resourceOf(relay, path), { expiresInSeconds: -1 }), prefix))).status,
    ).toBe(401);
    expect((await sent(envelope())).status).toBe(401);
  });

  it('carries large bodies in both directions', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, ({ body }) => ({ body }), { path });
    const body = 'x'.repeat(261_000);
    expect((await send(relay, { path, body })).text).toBe(body);
  });

  it('asks for the right to send, and does not look at Authorization or the query', async () => {
    const listenKey = keyWith('listen', 'Listen');
    const sendKey = keyWith('send', 'Send');
    const relay = await startTestRelay({ keys: [listenKey, sendKey, keyWith('all', 'Manage')] });
    const key = keyWith('all', 'Manage');
    const connectionString = relay.connectionStringFor({ key });
    await listenOn({ connectionString }, () => ({}), { path });
    const resource = resourceOf(relay, path);
    expect((await send(relay, { path, token: tokenFor(resource, { key: listenKey }) })).status).toBe(403);
    const token = tokenFor(resource, { key: sendKey });
    expect((await send(relay, { path, token })).status).toBe(200);
    expect((await send(relay, { path, token: null, headers: { authorization: token } })).status).toBe(401);
    const query = `${path}?sb-hc-token=${encodeURIComponent(token)}`;
    expect((await send(relay, { path: query, token: null })).status).toBe(401);
  });

  it('refuses loudly what is not imitated', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, () => ({}), { path });
    expect((await send(relay, { path, method: 'GET' })).status).toBe(405);
    expect((await send(relay, { path: `${path}/Other` })).status).toBe(404);
  });
});
