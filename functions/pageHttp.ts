import { join } from 'node:path';
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { pageAnswer } from '../shared/api/pageAnswer.ts';
import { readPageFiles } from '../shared/platform/pageFiles.ts';

const files = readPageFiles(join(import.meta.dirname, '..', 'web'));

/** `GET /api/page/`: the System Jobs page. Static files only, so anybody may have them; what they ask for needs a key. */
const handler = async (request: HttpRequest): Promise<HttpResponseInit> => ({
  ...pageAnswer(files, {
    path: new URL(request.url).pathname,
    file: request.params['file'] ?? '',
    ifNoneMatch: request.headers.get('if-none-match'),
    acceptEncoding: request.headers.get('accept-encoding'),
  }),
});

app.http('pageHttp', { route: 'page/{*file}', methods: ['GET'], authLevel: 'anonymous', handler });
