import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { resultView } from '../shared/api/operationJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readResultsQuery } from '../shared/api/readPageQuery.ts';
import { isOperationId } from '../shared/operation/operationId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';

const list = async (request: HttpRequest, { operations }: Bridge): Promise<Answer> => {
  const { id = '' } = request.params;
  const read = readResultsQuery(request.query.entries());
  if (read.kind === 'faulty') return badRequest(read.faults);
  if (!isOperationId(id) || (await operations.read(id)) === undefined) return notFound(`operation ${id}`);
  const { results, next } = await operations.results(id, read.query);
  return jsonAnswer(200, { results: results.map(resultView), next: next ?? null });
};

/** `GET /api/operations/{id}/results`: what came of each job, by page. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => list(request, bridge));

app.http('listOperationResultsHttp', {
  route: 'operations/{id}/results',
  methods: ['GET'],
  authLevel: authLevelFor('read'),
  handler,
});
