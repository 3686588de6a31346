import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { payloadJson } from '../shared/api/payloadJson.ts';
import { jsonTextAnswer, type Answer } from '../shared/api/problem.ts';
import { isJobId } from '../shared/job/jobId.ts';
import { recordLook } from '../shared/job/seePayload.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { payloadSeen } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor, notFound } from './http/answer.ts';

const show = async (
  id: string,
  context: InvocationContext,
  bridge: Bridge,
  { name }: Caller,
): Promise<Answer> => {
  const { store, endpointNamed, encode, encodeMasked, claims, masks } = bridge;
  const stored = isJobId(id) ? await recordLook({ store, now })(id, name) : undefined;
  if (stored === undefined) return notFound(`job ${id}`);
  payloadSeen(context, id, name);
  const tools = { encode, referenceOf: claims.referenceOf };
  const endpoint = endpointNamed(stored.job.endpoint);
  const text = payloadJson(stored.job, stored.body, endpoint, { tools, masks, encodeMasked });
  return jsonTextAnswer(200, text, { etag: stored.version });
};

/**
 * `GET /api/jobs/{id}/payload`: the context and the message of a job. A function of its own, so that it can be given a
 * key of its own.
 */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'payload', (bridge, caller) =>
    show(request.params['id'] ?? '', context, bridge, caller),
  );

app.http('getPayloadHttp', {
  route: 'jobs/{id}/payload',
  methods: ['GET'],
  authLevel: authLevelFor('payload'),
  handler,
});
