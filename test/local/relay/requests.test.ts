import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listenOn, listenUrl, rawListener, send, startTestRelay, tokenFor } from './support/testRelay.ts';

describe('a request', () => {
  it('comes to the listener with method, target, headers and body, but not what concerns the connection', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, {
      method: 'PUT',
      path: 'hyco/a%20b/c?x=1&sb-hc-id=7&sb-hc-bare&y=%2F',
      headers: { 'X-Mine': 'yes', via: '1.1 elsewhere', 'content-type': 'text/xml' },
      body: 'hello',
    });
    const { id, address, bytes, ...request } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 200 } });
    await sending;
    expect(bytes?.toString()).toBe('hello');
    expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/\$hc\/hyco\?sb-hc-action=request&/);
    expect(request).toMatchObject({
      method: 'PUT',
      requestTarget: '/hyco/a%20b/c?x=1&sb-hc-bare&y=%2F',
      body: true,
    });
    const names = Object.keys(request.requestHeaders).map((name) => name.toLowerCase());
    for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) {
      expect(names).not.toContain(name);
    }
    expect(request.requestHeaders).toMatchObject({
      'X-Mine': 'yes',
      'content-type': 'text/xml',
      Via: `1.1 elsewhere, 1.1 127.0.0.1:${relay.port}`,
    });
  });

  it('has no body frame when it has no body, and joins a header that came twice', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const request = httpRequest({
      port: relay.port,
      path: '/hyco',
      headers: {
        'X-Twice': ['a', 'b'],
        ServiceBusAuthorization: tokenFor(`http://127.0.0.1:${relay.port}/hyco`),
      },
    });
    request.on('error', () => undefined).end();
    const { requestHeaders, body, method } = await listener.next();
    expect({ body, method, twice: requestHeaders['X-Twice'] }).toEqual({
      body: false,
      method: 'GET',
      twice: 'a, b',
    });
    request.destroy();
  });

  it.each([200, 202, 204, 301, 400, 401, 404, 413, 429, 500, 503])(
    'is answered with the status %i of the listener, marked by Via',
    async (status) => {
      const relay = await startTestRelay();
      await listenOn(relay, () => ({ status, headers: { location: '/elsewhere', 'retry-after': '7' } }));
      const response = await fetch(`http://127.0.0.1:${relay.port}/hyco`, {
        redirect: 'manual',
        headers: { ServiceBusAuthorization: tokenFor(`http://127.0.0.1:${relay.port}/hyco`) },
      });
      expect(response.status).toBe(status);
      expect(response.headers.get('via')).toBe(`1.1 127.0.0.1:${relay.port}`);
      expect(response.headers.get('retry-after')).toBe('7');
    },
  );

  it('is answered with words, headers and bytes of the listener, but not with headers of its connection', async () => {
    const relay = await startTestRelay();
    const bytes = Buffer.from([0, 255, 254, 10, 13]);
    await listenOn(relay, () => ({
      status: 207,
      statusText: 'As you like',
      headers: {
        'Set-Cookie': ['a=1', 'b=2'],
        Via: '1.1 behind',
        'Transfer-Encoding': 'chunked',
        'Content-Length': '1',
        'Content-Type': 'application/x-mine',
      },
      body: bytes,
    }));
    const response = await fetch(`http://127.0.0.1:${relay.port}/hyco`, {
      headers: { ServiceBusAuthorization: tokenFor(`http://127.0.0.1:${relay.port}/hyco`) },
    });
    expect(response.statusText).toBe('As you like');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('via')).toBe(`1.1 behind, 1.1 127.0.0.1:${relay.port}`);
    expect(response.headers.get('content-type')).toBe('application/x-mine');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('gets its own answer however they are ordered', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = ['a', 'b', 'c'].map((body) => send(relay, { body }));
    const requests = [await listener.next(), await listener.next(), await listener.next()];
    for (const { id, bytes } of requests.reverse()) {
      const answer = Buffer.from(`answer to ${bytes?.toString() ?? ''}`);
      listener.say({ response: { requestId: id, statusCode: 200, body: true } }, answer);
    }
    const answers = await Promise.all(sending);
    expect(answers.map(({ text }) => text)).toEqual(['answer to a', 'answer to b', 'answer to c']);
  });

  it.each([
    ['a hybrid connection', { kind: 'hybridConnection' }, 502],
    ['a hybrid connection that is set so', { kind: 'hybridConnection', noListenerStatus: 503 }, 503],
    ['a WCF relay', { kind: 'wcf' }, 404],
  ] as const)('is refused when nobody listens on %s', async (_name, settings, status) => {
    const relay = await startTestRelay({ relays: [{ name: 'hyco', ...settings }] });
    const answer = await send(relay, { body: 'x' });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('There are no listeners connected for the endpoint.');
    expect(answer.headers.has('via')).toBe(false);
  });

  it('is given up with 504 when the listener does not answer in time; a late answer does no harm', async () => {
    const relay = await startTestRelay({ answerWithinMs: 2000 });
    const listener = await rawListener(listenUrl(relay));
    const answer = await send(relay, { body: 'x' });
    expect(answer.status).toBe(504);
    expect(answer.headers.has('via')).toBe(false);
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 200 } });
    const next = send(relay, { body: 'y' });
    const { id: nextId } = await listener.next();
    listener.say({ response: { requestId: nextId, statusCode: 201 } });
    expect((await next).status).toBe(201);
  });

  it('is refused when its headers are more than 32 KiB', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, () => ({}));
    const withHeader = (size: number) => send(relay, { headers: { 'x-large': 'x'.repeat(size) } });
    expect((await withHeader(31 * 1024)).status).toBe(200);
    expect((await withHeader(33 * 1024)).status).toBe(431);
  });

  it('is forgotten when its sender goes away', async () => {
    const relay = await startTestRelay();
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay, { body: 'x', signal: AbortSignal.timeout(1000) });
    await expect(sending).rejects.toThrow();
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, statusCode: 200 } });
    const next = send(relay);
    const { id: nextId } = await listener.next();
    listener.say({ response: { requestId: nextId, statusCode: 204 } });
    expect((await next).status).toBe(204);
    expect(relay.relays()[0]).toMatchObject({ received: 2, forwarded: 2 });
  });
});

describe('a listener that breaks the protocol', () => {
  it.each([
    ['says 502', { statusCode: 502 }],
    ['says 504', { statusCode: '504' }],
    ['says no status', {}],
    ['sends headers that are no text', { statusCode: 200, responseHeaders: { a: 1 } }],
  ])('is cut off when it %s, and the sender gets 502', async (_name, response) => {
    const lines: string[] = [];
    const relay = await startTestRelay({ log: (line) => lines.push(line) });
    const listener = await rawListener(listenUrl(relay));
    const sending = send(relay);
    const { id } = await listener.next();
    listener.say({ response: { requestId: id, ...response } });
    expect(await listener.closed).toMatch(/^1002 The message cannot be used/);
    expect((await sending).status).toBe(502);
    expect(lines.join()).toContain('A listener was cut off');
  });

  it('is cut off for a text that is no JSON, a body without a message, and a message in place of a body', async () => {
    const relay = await startTestRelay();
    const says = async (...frames: (string | Buffer)[]) => {
      const { socket, closed } = await rawListener(listenUrl(relay));
      for (const frame of frames) socket.send(frame);
      return closed;
    };
    const announced = JSON.stringify({ response: { requestId: 'x', statusCode: 200, body: true } });
    expect(await says('{')).toMatch(/^1002 .*no JSON/);
    expect(await says(Buffer.from('x'))).toMatch(/^1002 .*not announced/);
    expect(await says(announced, '{}')).toMatch(/^1002 .*body was announced/);
    expect(await says('{"accept":{}}')).toMatch(/^1002/);
  });

  it('answers with what HTTP cannot carry: the sender gets 500', async () => {
    const relay = await startTestRelay();
    await listenOn(relay, () => ({ headers: { 'x-bad': 'a\nb' } }));
    const answer = await send(relay);
    expect({ status: answer.status, via: answer.headers.has('via') }).toEqual({ status: 500, via: false });
  });
});
