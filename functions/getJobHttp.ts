import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jobDetail } from '../shared/api/jobJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { isJobId } from '../shared/job/jobId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { answered, authLevelFor, notFound } from './http/answer.ts';

const get = async (id: string, { store, endpointNamed, masks }: Bridge): Promise<Answer> => {
  const stored = isJobId(id) ? await store.read(id) : undefined;
  if (stored === undefined) return notFound(`job ${id}`);
  const policy = endpointNamed(stored.job.endpoint)?.retry;
  return jsonAnswer(200, jobDetail(stored.job, policy, masks), { etag: stored.version });
};

/** `GET /api/jobs/{id}`: a job with its attempts. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(request.params['id'] ?? '', bridge));

app.http('getJobHttp', { route: 'jobs/{id}', methods: ['GET'], authLevel: authLevelFor('read'), handler });
