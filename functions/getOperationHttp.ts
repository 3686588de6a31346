import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { operationView } from '../shared/api/operationJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { isOperationId } from '../shared/operation/operationId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { answered, authLevelFor, notFound } from './http/answer.ts';

const get = async (id: string, { operations }: Bridge): Promise<Answer> => {
  const stored = isOperationId(id) ? await operations.read(id) : undefined;
  if (stored === undefined) return notFound(`operation ${id}`);
  return jsonAnswer(200, operationView(stored.operation, now()), { etag: stored.version });
};

/** `GET /api/operations/{id}`: a bulk operation with its progress. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(request.params['id'] ?? '', bridge));

app.http('getOperationHttp', {
  route: 'operations/{id}',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
