import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jsonAnswer } from '../shared/api/problem.ts';
import { authMode } from '../shared/platform/bridge.ts';
import { answered, authLevelFor } from './http/answer.ts';

/** `GET /api/me`: who is calling and what it may do. With keys the app cannot tell which functions a key opens. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', async (_bridge, { name, roles }) =>
    jsonAnswer(200, { name, auth: authMode, roles }),
  );

app.http('meHttp', { route: 'me', methods: ['GET'], authLevel: authLevelFor('read'), handler });
