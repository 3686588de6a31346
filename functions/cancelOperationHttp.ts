import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { readEntityTags } from '../shared/api/entityTags.ts';
import { operationView } from '../shared/api/operationJson.ts';
import { jsonAnswer, problem, type Answer } from '../shared/api/problem.ts';
import { cancelOperation, type CancelAnswer } from '../shared/operation/cancelOperation.ts';
import { isOperationId } from '../shared/operation/operationId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { clientInput } from './durable/client.ts';
import { operationNudge } from './durable/operationNudge.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';

const toAnswer = (id: string, answer: CancelAnswer): Answer => {
  switch (answer.kind) {
    case 'notFound':
      return notFound(`operation ${id}`);
    case 'forbidden':
      return problem(
        'OperationForbidden',
        `An operation that is ${answer.stored.operation.status} cannot be canceled.`,
      );
    case 'stale':
      return problem('OperationChanged', `Its status is ${answer.stored.operation.status} now.`);
    case 'done':
      return jsonAnswer(202, operationView(answer.stored.operation, now()), { etag: answer.stored.version });
  }
};

const cancel = async (
  request: HttpRequest,
  context: InvocationContext,
  { operations }: Bridge,
  caller: Caller,
): Promise<Answer> => {
  const { id = '' } = request.params;
  if (!isOperationId(id)) return notFound(`operation ${id}`);
  const tags = readEntityTags('If-Match', request.headers.get('if-match'));
  if (tags.kind === 'faulty') return badRequest([tags.fault]);
  const answer = await cancelOperation({ operations, now })(id, caller.name, tags.isWanted);
  if (answer.kind === 'done') await operationNudge(context)(id);
  return toAnswer(id, answer);
};

/** `POST /api/operations/{id}/cancel`: acts on no further job. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => cancel(request, context, bridge, caller));

app.http('cancelOperationHttp', {
  route: 'operations/{id}/cancel',
  methods: ['POST'],
  authLevel: authLevelFor('act'),
  extraInputs: [clientInput],
  handler,
});
