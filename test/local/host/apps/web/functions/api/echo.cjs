'use strict';
const { app } = require('@azure/functions');

app.http('echo', {
  methods: ['GET', 'POST'],
  authLevel: 'anonymous',
  route: 'echo/{first}/{second:int?}',
  handler: async (request, context) => ({
    status: 201,
    headers: { 'x-echo': 'yes', 'content-type': 'application/json; charset=utf-8' },
    cookies: [
      { name: 'c', value: 'a b', path: '/v1', httpOnly: true, maxAge: 60, sameSite: 'Strict', secure: true },
    ],
    jsonBody: {
      method: request.method,
      url: request.url,
      params: request.params,
      query: Object.fromEntries(request.query.entries()),
      header: request.headers.get('x-some'),
      body: await request.text(),
      traceParent: context.traceContext?.traceParent,
    },
  }),
});
app.http('nothing', { authLevel: 'anonymous', handler: () => undefined });
app.http('bytes', {
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: async (request) => ({ body: Buffer.from(await request.arrayBuffer()).reverse() }),
});
app.http('throws', {
  authLevel: 'anonymous',
  handler: () => {
    throw new Error('no luck');
  },
});
app.http('nonsense', { authLevel: 'anonymous', handler: () => 'a text' });
app.http('slow', { authLevel: 'anonymous', handler: () => new Promise(() => undefined) });
/** Opened by the test, which runs in the same process. */
const gate = { waiting: [] };
globalThis.webGate = gate;
app.http('gate', {
  methods: ['GET', 'HEAD'],
  authLevel: 'anonymous',
  handler: async () => {
    await new Promise((resolve) => gate.waiting.push(resolve));
    return { body: 'through' };
  },
});
app.http('quick', { methods: ['GET', 'HEAD'], authLevel: 'anonymous', handler: () => ({ body: 'quick' }) });
app.http('settings', {
  authLevel: 'anonymous',
  handler: () => ({
    jsonBody: Object.fromEntries(
      ['FROM_FILE', 'OVERRIDDEN', 'SOME_NUMBER', 'WEBSITE_HOSTNAME', 'FUNCTIONS_WORKER_RUNTIME'].map(
        (name) => [name, process.env[name]],
      ),
    ),
  }),
});
