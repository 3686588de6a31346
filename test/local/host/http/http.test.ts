import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webApp } from '../support/apps.ts';
import { startTestHost, type Answer, type TestHost } from '../../../support/hosts.ts';

let host: TestHost;
beforeAll(async () => {
  process.env['OVERRIDDEN'] = 'environment';
  host = await startTestHost({
    app: webApp,
    keys: { functions: ['key-one', 'key-two'], master: 'the-master' },
    settings: { 'AzureWebJobs.switchedOff.Disabled': 'true', FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000' },
  });
});
afterAll(() => host.stop());

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  host.call(path, { headers });

describe('a request', () => {
  it('reaches the function with method, address, parameters, query, headers and body', async () => {
    const answer = await host.call('/v1/echo/a%20b/5?q=1&q=2&empty=', {
      method: 'POST',
      body: 'the body',
      headers: { 'x-some': 'thing' },
    });
    expect(answer.body).toMatchObject({
      method: 'POST',
      url: `${host.ready.baseUrl}/v1/echo/a%20b/5?q=1&q=2&empty=`,
      params: { first: 'a b', second: '5' },
      query: { q: '1,2', empty: '' },
      header: 'thing',
      body: 'the body',
    });
  });

  it('hands the trace context on', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    expect((await get('/v1/echo/x', { traceparent })).body).toMatchObject({ traceParent: traceparent });
    const { traceParent } = (await get('/v1/echo/x')).body as { traceParent: string };
    expect(traceParent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('carries bytes unchanged both ways', async () => {
    const bytes = Uint8Array.from([0, 255, 10, 13, 128]);
    const response = await fetch(`${host.ready.baseUrl}/v1/bytes`, { method: 'POST', body: bytes });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([128, 13, 10, 255, 0]);
  });

  it('in chunks, without a length, has its body, too', async () => {
    const answered = new Promise<string>((resolve, reject) => {
      const request = httpRequest(`${host.ready.baseUrl}/v1/bytes`, { method: 'POST' }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
      request.write('ab');
      request.end('c');
    });
    expect(await answered).toBe('cba');
  });

  it('is served while others wait, and refused with 429 above the limit of outstanding ones', async () => {
    const gate = (globalThis as unknown as { webGate: { waiting: (() => void)[] } }).webGate;
    const outstanding = Array.from({ length: 19 }, () => get('/v1/gate'));
    await expect.poll(() => gate.waiting.length).toBe(19);
    expect(await get('/v1/quick')).toMatchObject({ status: 200, body: 'quick' });
    outstanding.push(get('/v1/gate'));
    await expect.poll(() => gate.waiting.length).toBe(20);
    expect(await get('/v1/quick')).toMatchObject({ status: 429, body: '' });
    for (const open of gate.waiting.splice(0)) open();
    expect((await Promise.all(outstanding)).every(({ body }) => body === 'through')).toBe(true);
  });
});

describe('an answer', () => {
  it('has the status, headers and cookies of the function', async () => {
    const { status, headers } = await get('/v1/echo/x');
    expect(status).toBe(201);
    expect(headers.get('x-echo')).toBe('yes');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('set-cookie')).toBe(
      'c=a%20b; max-age=60; path=/v1; secure; samesite=strict; httponly',
    );
  });

  it('is 204 when the function returns nothing', async () => {
    expect(await get('/v1/nothing')).toMatchObject({ status: 204, body: '' });
  });

  it.each([
    ['throws', '/v1/throws'],
    ['returns something that is no response', '/v1/nonsense'],
    ['runs longer than functionTimeout', '/v1/slow'],
  ])('is 500 without a body when the function %s', async (_what, path) => {
    expect(await get(path)).toMatchObject({ status: 500, body: '' });
  });

  it('is 500 for a body above the limit, as on the real host', async () => {
    const answer = await host.call('/v1/bytes', { method: 'POST', body: 'x'.repeat(1001) });
    expect(answer.status).toBe(500);
    expect(host.lines.some((line) => line.includes('The max request body size is 1000 bytes'))).toBe(true);
  });
});

describe('routing', () => {
  const nameAt = async (path: string): Promise<unknown> => (await get(path)).body;

  it('tries functions in the order of their names, whatever their routes say', async () => {
    expect(await nameAt('/v1/things/12')).toEqual({ name: 'aNumber', params: { id: '12' } });
    expect(await nameAt('/v1/things/special')).toEqual({ name: 'bAnything', params: { id: 'special' } });
    expect(host.lines.some((line) => line.includes("Function 'cLiteral' is never reached"))).toBe(true);
  });

  it.each([
    ['/v1/files/a/b/c.txt', { name: 'files', params: { path: 'a/b/c.txt' } }],
    ['/v1/files', { name: 'files', params: {} }],
    ['/v1/FILES/x', { name: 'files', params: { path: 'x' } }],
    [
      '/v1/guid/0f8fad5b-d9cb-469f-a165-70867728950e',
      { name: 'guid', params: { id: '0f8fad5b-d9cb-469f-a165-70867728950e' } },
    ],
    ['/v1/mixed/report.pdf', { name: 'mixed', params: { name: 'report', ending: 'pdf' } }],
    ['/v1/ranged/9', { name: 'ranged', params: { n: '9' } }],
    ['/v1/matched/v12', { name: 'matched', params: { v: 'v12' } }],
    ['/v1/default', { name: 'withDefault', params: { page: '1' } }],
    ['/v1/default/7/', { name: 'withDefault', params: { page: '7' } }],
  ])('matches %s', async (path, expected) => {
    expect(await nameAt(path)).toEqual(expected);
  });

  it.each([
    ['an unknown path', '/v1/nowhere'],
    ['a path without the prefix', '/echo/x'],
    ['a value that breaks its constraint', '/v1/guid/not-one'],
    ['a value out of range', '/v1/ranged/10'],
    ['a part of another length', '/v1/mixed/report.html'],
    ['a function that is switched off', '/v1/off'],
  ])('answers 404 for %s', async (_what, path) => {
    expect(await get(path)).toMatchObject({ status: 404, body: '' });
  });

  it('answers 404 for a method the function does not have, HEAD for GET included', async () => {
    expect((await host.call('/v1/echo/x', { method: 'DELETE' })).status).toBe(404);
    expect((await host.call('/v1/files/x', { method: 'HEAD' })).status).toBe(404);
  });

  it('lets HEAD reach a function that takes all methods', async () => {
    expect((await host.call('/v1/quick', { method: 'HEAD' })).status).toBe(200);
  });

  it('has a home page', async () => {
    expect(await get('/')).toMatchObject({ status: 200 });
  });
});

describe('keys', () => {
  it.each([
    ['no key', '/v1/keyed', {}, 401],
    ['a wrong key', '/v1/keyed?code=wrong', {}, 401],
    ['the first key', '/v1/keyed?code=key-one', {}, 200],
    ['the second key', '/v1/keyed?code=key-two', {}, 200],
    ['the master key', '/v1/keyed?code=the-master', {}, 200],
    ['a key in the header', '/v1/keyed', { 'x-functions-key': 'key-two' }, 200],
    [
      'a wrong header in front of a right query',
      '/v1/keyed?code=key-one',
      { 'x-functions-key': 'wrong' },
      401,
    ],
    ['a function key for admin', '/v1/masterOnly?code=key-one', {}, 401],
    ['the master key for admin', '/v1/masterOnly?code=the-master', {}, 200],
    ['a wrong key where none is needed', '/v1/quick?code=wrong', {}, 200],
  ])('with %s', async (_what, path, headers, status) => {
    expect((await get(path, headers)).status).toBe(status);
  });

  it('are not asked for where no function takes the method: that is 404 without one', async () => {
    expect((await host.call('/v1/keyed', { method: 'DELETE' })).status).toBe(404);
  });
});

describe('the admin API', () => {
  const master = { 'x-functions-key': 'the-master', 'content-type': 'application/json' };
  const fire = (name: string, init: RequestInit = {}): Promise<Answer> =>
    host.call(`/admin/functions/${name}`, { method: 'POST', headers: master, body: '{}', ...init });

  it('wants the master key', async () => {
    expect((await get('/admin/host/status')).status).toBe(401);
    expect((await get('/admin/host/status?code=key-one')).status).toBe(401);
  });

  it('tells the state of the host and the functions', async () => {
    expect((await get('/admin/host/status', master)).body).toMatchObject({ state: 'Running' });
    const { body } = await get('/admin/functions', master);
    expect((body as { name: string }[]).map(({ name }) => name)).toContain('echo');
  });

  it('fires only what can be fired', async () => {
    expect((await fire('nobody')).status).toBe(404);
    expect((await fire('echo')).status).toBe(501);
    expect((await fire('echo', { body: 'null' })).status).toBe(400);
    expect((await fire('echo', { headers: { 'x-functions-key': 'the-master' }, body: '{}' })).status).toBe(
      415,
    );
    expect((await get('/admin/nothing', master)).status).toBe(404);
  });
});

describe('the environment of the app', () => {
  it('holds given settings, then the environment, then local.settings.json, and what the host adds', async () => {
    expect((await get('/v1/settings')).body).toEqual({
      FROM_FILE: 'file',
      OVERRIDDEN: 'environment',
      SOME_NUMBER: '5',
      WEBSITE_HOSTNAME: host.ready.baseUrl.replace('http://', ''),
      FUNCTIONS_WORKER_RUNTIME: 'node',
    });
  });
});

describe('hooks', () => {
  it('run at the start and around invocations, and may swap inputs, function and result', async () => {
    expect((globalThis as { webHooks?: string[] }).webHooks).toEqual(['start with 0 data']);
    expect((await get('/v1/hooked?n=7')).body).toBe('swapped and wrapped after 7');
  });
});

describe('the ready line', () => {
  it('names the functions, their triggers and routes', () => {
    expect(host.ready.functions).toContainEqual({
      name: 'echo',
      trigger: 'httpTrigger',
      route: '/v1/echo/{first}/{second:int?}',
    });
    expect(host.ready).toMatchObject({ functionKey: 'key-one', masterKey: 'the-master' });
  });
});
