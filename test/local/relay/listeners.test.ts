import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { listen } from '../../../local/relay/listener/listen.ts';
import { startRelay, type Relay } from '../../../local/relay/startRelay.ts';
import {
  eventually,
  keyWith,
  listenOn,
  listenUrl,
  networkFailureOf,
  rawListener,
  send,
  startTestRelay,
} from './support/testRelay.ts';

const listenersOf = (relay: Relay) => relay.relays()[0]?.listeners;

describe('several listeners', () => {
  it('share the requests', async () => {
    const relay = await startTestRelay();
    for (const name of ['a', 'b', 'c']) await listenOn(relay, () => ({ body: name }));
    const answers = await Promise.all(Array.from({ length: 60 }, () => send(relay)));
    const names = answers.map(({ text }) => text);
    for (const name of ['a', 'b', 'c'])
      expect(names.filter((each) => each === name).length).toBeGreaterThan(5);
  });

  it('leave one that has nothing to do the next request', async () => {
    const relay = await startTestRelay();
    const busy = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: 'slow' });
    const { id } = await busy.next();
    await listenOn(relay, () => ({ body: 'free' }));
    for (let each = 0; each < 10; each += 1) expect((await send(relay)).text).toBe('free');
    busy.say({ response: { requestId: id, statusCode: 200 } });
    expect((await sending).status).toBe(200);
  });
});

describe('a listener that dies with a request', () => {
  it('leaves the sender with 502, and the other listeners with the next request', async () => {
    const relay = await startTestRelay();
    const dying = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: 'x' });
    await dying.next();
    await listenOn(relay, () => ({ body: 'alive' }));
    dying.socket.terminate();
    const answer = await sending;
    expect(answer).toMatchObject({ status: 502 });
    expect(answer.text).toContain('has gone before it answered');
    expect((await send(relay)).text).toBe('alive');
  });

  it('leaves the sender with 502 when it had only the address of a large one', async () => {
    const relay = await startTestRelay();
    const dying = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: 'x'.repeat(70_000) });
    await dying.next();
    dying.socket.terminate();
    expect((await sending).status).toBe(502);
  });

  it('leaves the sender without an answer when it was on a rendezvous', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = networkFailureOf(send(relay, { body: 'x'.repeat(70_000) }));
    const rendezvous = await rawListener((await listener.next()).address);
    await rendezvous.next();
    rendezvous.socket.terminate();
    expect(await sending).toBe('UND_ERR_SOCKET');
  });
});

describe('a relay that is deleted', () => {
  it('cuts off its listeners with 1001 and is not found any more', async () => {
    const relay = await startTestRelay();
    const { closed } = await rawListener(listenUrl(relay));
    expect(relay.remove('Hyco')).toBe(true);
    expect(relay.remove('hyco')).toBe(false);
    expect(await closed).toMatch(/^1001 The relay has been deleted/);
    expect((await send(relay)).status).toBe(404);
  });

  it('can be changed while somebody listens', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, () => ({}));
    const key = keyWith('new', 'Send');
    relay.put({ name: 'hyco', kind: 'hybridConnection', keys: [key], requiresClientAuthorization: false });
    expect((await send(relay, { token: null })).status).toBe(200);
  });
});

describe('an outage', () => {
  it('cuts everybody off, refuses connections, and ends on the same port', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = networkFailureOf(send(relay));
    await listener.next();
    await relay.stopListening();
    expect(await sending).toBe('UND_ERR_SOCKET');
    expect(await listener.closed).toMatch(/^1006/);
    expect(await networkFailureOf(send(relay))).toBe('ECONNREFUSED');
    await relay.listen();
    expect((await send(relay)).status).toBe(502);
    await listenOn(relay, () => ({}));
    expect((await send(relay)).status).toBe(200);
  });
});

describe('the listener library', () => {
  it('reconnects by itself after an outage', async () => {
    const relay = await startTestRelay();
    const listener = await listenOn(relay, () => ({ status: 204 }));
    await relay.stopListening();
    await eventually(() => listener.isConnected).toBe(false);
    await relay.listen();
    await eventually(() => listener.isConnected).toBe(true);
    expect((await send(relay)).status).toBe(204);
  });

  it('renews its token before it expires', async () => {
    const relay = await startTestRelay();
    const lines: string[] = [];
    const listener = await listenOn(relay, () => ({ status: 204 }), {
      tokenLifeMs: 1000,
      log: (line) => lines.push(line),
    });
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(listener.isConnected).toBe(true);
    expect(lines).toEqual(["Listening on 'hyco'."]);
    expect((await send(relay)).status).toBe(204);
  });

  it('reconnects when a relay no longer answers pings', async () => {
    const connections: unknown[] = [];
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
    onTestFinished(() => {
      server.close();
    });
    server.on('connection', (socket) => connections.push(socket));
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connectionString = `Endpoint=sb://127.0.0.1:${port}/;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true`;
    await listenOn({ connectionString }, () => ({}), { pingEveryMs: 30 });
    await eventually(() => connections.length).toBeGreaterThan(1);
    for (const client of server.clients) client.terminate();
  });

  it('answers 500 with the message of an error, and goes on', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, ({ body }) => {
      if (body.length > 0) throw new Error('No such order.');
      return {};
    });
    expect(await send(relay, { body: 'x' })).toMatchObject({ status: 500, text: 'No such order.' });
    expect((await send(relay)).status).toBe(200);
  });

  it('answers many requests at a time, each in its own time', async () => {
    const relay = await startTestRelay();
    const waiting: (() => void)[] = [];
    await listenOn(relay, async ({ body }) => {
      if (body.toString() !== 'last') await new Promise<void>((resolve) => waiting.push(resolve));
      return { body };
    });
    const early = ['a', 'b', 'c'].map((body) => send(relay, { body }));
    await eventually(() => waiting.length).toBe(3);
    expect((await send(relay, { body: 'last' })).text).toBe('last');
    for (const resolve of waiting) resolve();
    expect((await Promise.all(early)).map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });

  it('answers what it was asked before it closes', async () => {
    const relay = await startTestRelay();
    let finish = (): void => undefined;
    const listener = await listenOn(relay, async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return { body: 'y'.repeat(100_000) };
    });
    const sending = send(relay, { body: 'x' });
    await eventually(() => relay.relays()[0]?.forwarded).toBe(1);
    const closing = listener.close();
    finish();
    expect((await sending).text).toHaveLength(100_000);
    await closing;
    await eventually(() => listenersOf(relay)).toBe(0);
    expect(listener.isConnected).toBe(false);
  });

  it('ends while it waits to reconnect', async () => {
    const relay = await startTestRelay();
    const listener = await listenOn(relay, () => ({}), { reconnectAfterMs: 3_600_000 });
    await relay.stopListening();
    await eventually(() => listener.isConnected).toBe(false);
    await listener.close();
  });

  it.each([
    ['the key has no right to listen', { keyName: 'sender' }, 'hyco', /403 .*'Listen' claim/],
    ['the key is unknown', { key: keyWith('unknown', 'Listen') }, 'hyco', /401 InvalidSignature/],
    ['there is no such relay', {}, 'nowhere', /404 Endpoint does not exist: 'nowhere'/],
  ] as const)('does not start when %s', async (_name, options, path, words) => {
    const relay = await startTestRelay({ keys: [keyWith('all', 'Manage'), keyWith('sender', 'Send')] });
    const connectionString = relay.connectionStringFor(options);
    await expect(listen({ connectionString, path, onRequest: () => ({}) })).rejects.toThrow(words);
  });

  it('does not start when nobody is there, or the connection string is none', async () => {
    const relay = await startRelay();
    await relay.close();
    const onRequest = () => ({});
    const { connectionString } = relay;
    await expect(listen({ connectionString, path: 'hyco', onRequest })).rejects.toThrow('ECONNREFUSED');
    for (const [text, words] of [
      ['', "has no 'Endpoint'"],
      ['Endpoint=nonsense', "'nonsense' of the connection string is no address"],
      ['Endpoint=sb://a', "has no 'SharedAccessKeyName'"],
      ['Endpoint=sb://a;SharedAccessKeyName=b', "has no 'SharedAccessKey'"],
    ]) {
      await expect(listen({ connectionString: text ?? '', path: 'x', onRequest })).rejects.toThrow(words);
    }
  });

  it('speaks TLS to an address that is not of this machine', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const firstByte = new Promise<number | undefined>((resolve) => {
      server.once('connection', (socket) => {
        socket.once('data', (data) => {
          resolve(data[0]);
          socket.destroy();
        });
      });
    });
    const { port } = server.address() as AddressInfo;
    const connectionString = `Endpoint=sb://127.0.0.1:${port}/;SharedAccessKeyName=a;SharedAccessKey=b=`;
    await expect(listen({ connectionString, path: 'x', onRequest: () => ({}) })).rejects.toThrow();
    // A TLS record of the handshake begins with 22.
    expect(await firstByte).toBe(22);
  });
});
