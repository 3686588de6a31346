import { readdirSync } from 'node:fs';
import { app, type HttpResponseInit } from '@azure/functions';

/** The product's own built functions, and beside them one that does nothing, to be called in the same process. */
const built = new URL('../../../../../dist/functions/', import.meta.url);

for (const file of readdirSync(built).filter((name) => name.endsWith('.js'))) {
  await import(new URL(file, built).href);
}

app.http('emptyHttp', {
  route: 'empty',
  methods: ['POST'],
  authLevel: 'function',
  handler: (): HttpResponseInit => ({ status: 202 }),
});
