import { app, type HttpResponseInit } from '@azure/functions';

/** What the host alone costs. */
app.http('emptyHttp', {
  route: 'notify/{endpoint}',
  methods: ['POST'],
  authLevel: 'function',
  handler: (): HttpResponseInit => ({ status: 202 }),
});
