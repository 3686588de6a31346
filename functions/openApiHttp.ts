import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { openApi } from '../shared/api/openApi.ts';
import { jsonAnswer } from '../shared/api/problem.ts';
import { answeredAlways, authLevelFor } from './http/answer.ts';

/** `GET /api/openapi.json`: the description of the API. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answeredAlways(request, context, 'read', async () => jsonAnswer(200, openApi()));

app.http('openApiHttp', {
  route: 'openapi.json',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
