import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { operationView } from '../shared/api/operationJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readOperation } from '../shared/api/readOperation.ts';
import { countJobs } from '../shared/operation/countJobs.ts';
import { newOperation } from '../shared/operation/newOperation.ts';
import { operationIdOf } from '../shared/operation/operationId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { operationAsked } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { operationNudge } from './durable/operationNudge.ts';
import { answered, authLevelFor, badRequest } from './http/answer.ts';
import { boundedText } from './http/boundedText.ts';

/** A thousand ids fit. */
const mostBytes = 64 * 1024;

const start = async (
  request: HttpRequest,
  context: InvocationContext,
  { store, operations }: Bridge,
  caller: Caller,
): Promise<Answer> => {
  const text = await boundedText(request, mostBytes);
  if (text === undefined) return badRequest([`The body has more than ${mostBytes} bytes.`]);
  const createdOn = now();
  const read = readOperation(text, caller.name, createdOn);
  if (read.kind === 'faulty') return badRequest(read.faults);
  const count = await countJobs(store, read.request, now);
  if (read.dryRun) return jsonAnswer(200, { ...count, cutOff: read.request.cutOff });
  const id = operationIdOf(createdOn, context.invocationId);
  const { operation, version } = await operations.insert(newOperation(id, read.request, count, createdOn));
  operationAsked(context, operation);
  // A start that fails is made up for by the sweeper: the row is the request.
  await operationNudge(context)(id);
  const headers = { location: `/api/operations/${id}`, etag: version };
  return jsonAnswer(202, operationView(operation, now()), headers);
};

/** `POST /api/operations`: acts on all jobs of a filter, or counts them (`dryRun`). */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => start(request, context, bridge, caller));

app.http('startOperationHttp', {
  route: 'operations',
  methods: ['POST'],
  authLevel: authLevelFor('act'),
  extraInputs: [clientInput],
  handler,
});
