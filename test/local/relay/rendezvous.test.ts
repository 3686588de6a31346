import { Agent, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  eventually,
  listenOn,
  listenUrl,
  networkFailureOf,
  rawListener,
  refusalOf,
  resourceOf,
  send,
  startTestRelay,
  tokenFor,
} from './support/testRelay.ts';

const limit = 64 * 1024;
const bytes = (count: number) => Buffer.alloc(count, 'x');

describe('a body', () => {
  it.each([limit - 1, limit])('of %i bytes goes over the control channel', async (size) => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: bytes(size) });
    const request = await listener.next();
    expect(request.bytes).toHaveLength(size);
    listener.say({ response: { requestId: request.id, statusCode: 200, body: true } }, bytes(size));
    expect((await sending).text).toHaveLength(size);
  });

  it('of one byte more comes by its address alone, and is answered over the rendezvous', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, { path: 'hyco/x?y=1', body: bytes(limit + 1) });
    const announced = await listener.next();
    expect(Object.keys(announced).sort()).toEqual(['address', 'bytes', 'id']);
    const rendezvous = await rawListener(announced.address);
    const request = await rendezvous.next();
    expect(request).toMatchObject({ id: announced.id, requestTarget: '/hyco/x?y=1', method: 'POST' });
    expect(request.bytes).toHaveLength(limit + 1);
    rendezvous.say({ response: { requestId: request.id, statusCode: 201, body: true } }, bytes(3));
    expect(await sending).toMatchObject({ status: 201, text: 'xxx' });
  });

  it('of an answer that is one byte more cuts the control channel', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay);
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 200, body: true } }, bytes(limit + 1));
    expect(await listener.closed).toMatch(/^1009/);
    expect((await sending).status).toBe(502);
  });

  it('of an answer goes over the rendezvous of a request that came over the control channel', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: 'small' });
    const { id, address } = await listener.next();
    const rendezvous = await rawListener(address);
    rendezvous.say({ response: { requestId: id, statusCode: 200, body: true } }, bytes(limit + 1));
    expect((await sending).text).toHaveLength(limit + 1);
  });

  it('may come in several frames', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay);
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 200, body: true } });
    listener.socket.send(Buffer.from('ab'), { fin: false });
    listener.socket.send(Buffer.from('cd'), { fin: true });
    expect((await sending).text).toBe('abcd');
  });

  it.each([0, 1, limit - 1, limit, limit + 1, 3_000_000])(
    'of %i bytes passes the listener library in both directions',
    async (size) => {
      const relay = await startTestRelay();
      await listenOn(relay, ({ body }) => ({ body }));
      const body = Buffer.from(Uint8Array.from({ length: size }, (_, index) => index % 128));
      expect((await send(relay, { body })).text).toBe(body.toString());
    },
  );
});

describe('the address of a rendezvous', () => {
  it('is good once, and not when it is made up', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    void networkFailureOf(send(relay));
    const { address } = await listener.next();
    await rawListener(address);
    expect(await refusalOf(address)).toMatch(/^403 The address of the rendezvous has expired/);
    expect(await refusalOf(listenUrl(relay, { action: 'request' }))).toMatch(/^403/);
  });

  it('is good for a while only, and as long as the request waits', async () => {
    const relay = await startTestRelay({ rendezvousWithinMs: 50, answerWithinMs: 2000 });
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: bytes(limit + 1) });
    const { address } = await listener.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await refusalOf(address)).toMatch(/^403/);
    expect((await sending).status).toBe(504);
    const answered = send(relay);
    const second = await listener.next();
    listener.say({ response: { requestId: second.id, statusCode: 200 } });
    await answered;
    expect(await refusalOf(second.address)).toMatch(/^403/);
  });
});

describe('a rendezvous', () => {
  /** A sender with one connection of its own. */
  const connectionTo = (port: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const post = async (body: Buffer): Promise<number> => {
      const headers = { ServiceBusAuthorization: tokenFor(resourceOf({ port })) };
      const request = httpRequest({ port, path: '/hyco', method: 'POST', agent, headers });
      request.end(body);
      const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
      response.resume();
      return response.statusCode;
    };
    return { agent, post };
  };

  const meet = async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sender = connectionTo(relay.port);
    const first = sender.post(bytes(limit + 1));
    const rendezvous = await rawListener((await listener.next()).address);
    const { id } = await rendezvous.next();
    rendezvous.say({ response: { requestId: id, statusCode: 200 } });
    expect(await first).toBe(200);
    return { relay, listener, sender, rendezvous };
  };

  it("carries all further requests of the sender's connection", async () => {
    const { sender, rendezvous, relay, listener } = await meet();
    const second = sender.post(bytes(5));
    const request = await rendezvous.next();
    expect(request.bytes).toHaveLength(5);
    rendezvous.say({ response: { requestId: request.id, statusCode: 202 } });
    expect(await second).toBe(202);
    const other = send(relay);
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 203 } });
    expect((await other).status).toBe(203);
  });

  it("ends with the sender's connection", async () => {
    const { sender, rendezvous } = await meet();
    sender.agent.destroy();
    expect(await rendezvous.closed).toMatch(/^1001/);
  });

  it('outlives the control channel', async () => {
    const { sender, rendezvous, listener, relay } = await meet();
    listener.socket.close(1000);
    await listener.closed;
    await eventually(() => relay.relays()[0]?.listeners).toBe(0);
    const second = sender.post(bytes(5));
    rendezvous.say({ response: { requestId: (await rendezvous.next()).id, statusCode: 202 } });
    expect(await second).toBe(202);
  });

  it("ends the sender's connection when the listener closes it, an unanswered request included", async () => {
    const { sender, rendezvous, listener } = await meet();
    const second = sender.post(bytes(5));
    await rendezvous.next();
    rendezvous.socket.close(1000);
    await expect(second).rejects.toThrow('socket hang up');
    const third = sender.post(bytes(5));
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 204 } });
    expect(await third).toBe(204);
  });

  it('delivers an answer that the listener sends just before it closes', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay);
    const { id, address } = await listener.next();
    const socket = new WebSocket(address);
    socket.once('open', () => {
      socket.send(JSON.stringify({ response: { requestId: id, statusCode: 200, body: true } }));
      socket.send(bytes(2_000_000));
      socket.close(1000);
    });
    expect((await sending).text).toHaveLength(2_000_000);
  });
});
