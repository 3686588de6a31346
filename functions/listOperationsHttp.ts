import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { operationView } from '../shared/api/operationJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readOperationsQuery } from '../shared/api/readPageQuery.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { operationUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor, badRequest } from './http/answer.ts';

const list = async (
  request: HttpRequest,
  context: InvocationContext,
  { operations }: Bridge,
): Promise<Answer> => {
  const read = readOperationsQuery(request.query.entries());
  if (read.kind === 'faulty') return badRequest(read.faults);
  const page = await operations.list(read.query);
  for (const fault of page.unreadable) operationUnreadable(context, fault);
  return jsonAnswer(200, {
    operations: page.operations.map((operation) => operationView(operation, now())),
    unreadable: page.unreadable.map(({ id }) => id),
    next: page.next ?? null,
  });
};

/** `GET /api/operations`: the last bulk operations, newest first. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => list(request, context, bridge));

app.http('listOperationsHttp', {
  route: 'operations',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
