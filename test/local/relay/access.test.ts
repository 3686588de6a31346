import { describe, expect, it } from 'vitest';
import { createClock } from '../../../local/bus/clock/clock.ts';
import { rootKey } from '../../../local/sas/rootKey.ts';
import {
  keyWith,
  listenOn,
  listenUrl,
  rawListener,
  refusalOf,
  resourceOf,
  send,
  startTestRelay,
  tokenFor,
} from './support/testRelay.ts';

const keys = [rootKey, keyWith('sender', 'Send'), keyWith('listener', 'Listen')];
const [, senderKey = rootKey, listenerKey = rootKey] = keys;
const own = keyWith('own', 'Send', 'Listen');

const start = async () => {
  const relay = await startTestRelay({
    keys,
    relays: [
      { name: 'hyco', kind: 'hybridConnection', keys: [own] },
      { name: 'hyco/deeper', kind: 'hybridConnection' },
      { name: 'open', kind: 'hybridConnection', requiresClientAuthorization: false },
    ],
  });
  await listenOn(relay, ({ headers, target }) => ({ body: JSON.stringify({ headers, target }) }));
  return relay;
};

/** What the listener was given. */
const seen = (text: string) => JSON.parse(text) as { headers: Record<string, string>; target: string };

describe('a sender', () => {
  it.each([
    ['ServiceBusAuthorization', (token: string) => ({ headers: { ServiceBusAuthorization: token } })],
    ['Authorization', (token: string) => ({ headers: { Authorization: token } })],
    ['the query', (token: string) => ({ path: `hyco/x?a=1&sb-hc-token=${encodeURIComponent(token)}&b=2` })],
  ])('is let in by a token in %s, which the listener does not see', async (_where, options) => {
    const relay = await start();
    const { status, text } = await send(relay, {
      path: 'hyco/x?a=1&b=2',
      token: null,
      ...options(tokenFor(resourceOf(relay))),
    });
    expect(status).toBe(200);
    expect(seen(text).target).toMatch(/^\/hyco\/x\?a=1&b=2$/);
    expect(text).not.toContain('SharedAccessSignature');
  });

  it('keeps its own Authorization when the token is elsewhere, or none is wanted', async () => {
    const relay = await start();
    await listenOn(relay, ({ headers }) => ({ body: JSON.stringify({ headers }) }), { path: 'open' });
    const headers = { authorization: 'Bearer mine' };
    expect(seen((await send(relay, { headers })).text).headers['authorization']).toBe('Bearer mine');
    const unsigned = await send(relay, { path: 'open', token: null, headers });
    expect(seen(unsigned.text).headers['authorization']).toBe('Bearer mine');
    const stripped = await send(relay, { path: 'open', token: 'nonsense' });
    expect(stripped.status).toBe(200);
    expect(stripped.text.toLowerCase()).not.toContain('servicebusauthorization');
  });

  it('is let in by either secret, and by a key of the relay alone', async () => {
    const relay = await start();
    const resource = resourceOf(relay);
    const secondary = tokenFor(resource, { key: senderKey, secret: 'secondary of sender' });
    expect((await send(relay, { token: secondary })).status).toBe(200);
    expect((await send(relay, { token: tokenFor(resource, { key: own }) })).status).toBe(200);
    const deeper = tokenFor(resourceOf(relay, 'hyco/deeper'), { key: own });
    expect((await send(relay, { path: 'hyco/deeper', token: deeper })).status).toBe(401);
  });

  it.each([
    ['none', () => null, 'MissingToken'],
    ['one that is no token', () => 'SharedAccessSignature nonsense', 'MalformedToken'],
    ['one that is wrongly encoded', () => 'SharedAccessSignature sr=%zz&sig=a&se=1&skn=b', 'MalformedToken'],
    ['one with a wrong secret', (uri: string) => tokenFor(uri, { secret: 'wrong' }), 'InvalidSignature'],
    [
      'one of an unknown key',
      (uri: string) => tokenFor(uri, { key: keyWith('x', 'Send') }),
      'InvalidSignature',
    ],
    ['one that has expired', (uri: string) => tokenFor(uri, { expiresInSeconds: -1 }), 'ExpiredToken'],
  ])('is refused with 401 for %s', async (_name, makeToken, words) => {
    const relay = await start();
    const answer = await send(relay, { token: makeToken(resourceOf(relay)) });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(words);
    expect(answer.headers.has('via')).toBe(false);
  });

  it('is refused with 403 without the right to send, and for another path', async () => {
    const relay = await start();
    const wrongRight = await send(relay, { token: tokenFor(resourceOf(relay), { key: listenerKey }) });
    expect(wrongRight.status).toBe(403);
    expect(wrongRight.text).toContain("'Send' claim(s) are required");
    const wrongPath = await send(relay, { token: tokenFor(resourceOf(relay, 'hyc')) });
    expect(wrongPath.status).toBe(403);
    expect(wrongPath.text).toContain('InvalidAudience');
    const tooDeep = await send(relay, { path: 'hyco/x', token: tokenFor(resourceOf(relay, 'hyco/x')) });
    expect(tooDeep.status).toBe(403);
  });

  it('is told 404 for what does not exist, whatever its token', async () => {
    const relay = await start();
    for (const token of [null, tokenFor(resourceOf(relay, 'nowhere'))]) {
      expect((await send(relay, { path: 'nowhere', token })).status).toBe(404);
    }
    expect((await send(relay, { path: 'hycos' })).status).toBe(404);
    expect((await send(relay, { path: '%zz' })).status).toBe(404);
    expect((await send(relay, { path: 'HyCo' })).status).toBe(200);
  });
});

describe('a listener', () => {
  it('is let in by a token with the right to listen, in the query or a header', async () => {
    const relay = await start();
    await rawListener(listenUrl(relay, { key: listenerKey }));
    await rawListener(listenUrl(relay, { token: null }), {
      ServiceBusAuthorization: tokenFor(resourceOf(relay)),
    });
    expect(relay.relays()[0]).toMatchObject({ name: 'hyco', listeners: 3 });
  });

  it('is refused with the words of the relay', async () => {
    const relay = await start();
    const refusal = (options: Parameters<typeof listenUrl>[1]) => refusalOf(listenUrl(relay, options));
    expect(await refusal({ token: null })).toMatch(/^401 MissingToken/);
    expect(await refusal({ secret: 'wrong' })).toMatch(/^401 InvalidSignature/);
    expect(await refusal({ expiresInSeconds: -1 })).toMatch(/^401 ExpiredToken/);
    expect(await refusal({ key: senderKey })).toMatch(/^403 .*'Listen' claim/);
    expect(await refusal({ token: tokenFor(resourceOf(relay, 'open')) })).toMatch(/^403 InvalidAudience/);
    expect(await refusal({ path: 'nowhere' })).toMatch(/^404 Endpoint does not exist/);
    expect(await refusal({ path: 'hyco/below' })).toMatch(/^404/);
    expect(await refusal({ action: 'connect' })).toMatch(/^400 .*senders cannot come by WebSocket/);
    expect(await refusalOf(`ws://127.0.0.1:${relay.port}/hyco`)).toMatch(/^400/);
  });

  it('is one of 25 at most', async () => {
    const relay = await startTestRelay();
    await Promise.all(Array.from({ length: 25 }, () => rawListener(listenUrl(relay))));
    expect(await refusalOf(listenUrl(relay))).toMatch(/^403 There are 25 listeners already/);
  });

  it('is cut off with 1008 when its token expires, and not before', async () => {
    const tokenClock = createClock();
    const relay = await startTestRelay({ tokenClock });
    const { socket, closed } = await rawListener(listenUrl(relay, { expiresInSeconds: 100 }));
    tokenClock.advance(98_000);
    expect(socket.readyState).toBe(socket.OPEN);
    tokenClock.advance(3000);
    expect(await closed).toMatch(/^1008 ExpiredToken/);
    expect(relay.relays()[0]?.listeners).toBe(0);
  });

  it('stays when it renews its token', async () => {
    const tokenClock = createClock();
    const relay = await startTestRelay({ tokenClock });
    const listener = await rawListener(listenUrl(relay, { expiresInSeconds: 100 }));
    listener.say({ renewToken: { token: tokenFor(resourceOf(relay), { expiresInSeconds: 1000 }) } });
    const sending = send(relay, { token: tokenFor(resourceOf(relay), { expiresInSeconds: 2000 }) });
    // Messages are read in order: a request that came back proves that the renewal has been read.
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: '204' } });
    expect((await sending).status).toBe(204);
    tokenClock.advance(200_000);
    expect(relay.relays()[0]?.listeners).toBe(1);
    tokenClock.advance(900_000);
    expect(await listener.closed).toMatch(/^1008/);
  });

  it.each([
    ['has a wrong secret', (uri: string) => tokenFor(uri, { secret: 'wrong' })],
    ['has expired', (uri: string) => tokenFor(uri, { expiresInSeconds: -1 })],
    ['gives no right to listen', (uri: string) => tokenFor(uri, { key: senderKey })],
  ])('is cut off with 1008 when the token it renews with %s', async (_name, makeToken) => {
    const relay = await start();
    const listener = await rawListener(listenUrl(relay));
    listener.say({ renewToken: { token: makeToken(resourceOf(relay)) } });
    expect(await listener.closed).toMatch(/^1008 /);
  });
});
