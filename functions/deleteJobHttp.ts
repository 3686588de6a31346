import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { readEntityTags } from '../shared/api/entityTags.ts';
import { problem, type Answer } from '../shared/api/problem.ts';
import { deleteJob, type DeletionAnswer } from '../shared/job/deleteJob.ts';
import { isJobId } from '../shared/job/jobId.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { jobDeleted, nudgeFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';

const toAnswer = (id: string, answer: DeletionAnswer): Answer => {
  switch (answer.kind) {
    case 'notFound':
      return notFound(`job ${id}`);
    case 'stale':
      return problem('JobChanged', `Its status is ${answer.stored.job.status} now. Read it again.`);
    case 'deleted':
      return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
  }
};

const remove = async (
  request: HttpRequest,
  context: InvocationContext,
  { store }: Bridge,
  caller: Caller,
): Promise<Answer> => {
  const { id = '' } = request.params;
  if (!isJobId(id)) return notFound(`job ${id}`);
  const tags = readEntityTags('If-Match', request.headers.get('if-match'));
  if (tags.kind === 'faulty') return badRequest([tags.fault]);
  const wakeFailed = (jobId: string, error: unknown): void => nudgeFailed(context, jobId, error);
  const answer = await deleteJob({ store, starter: jobStarter(context), wakeFailed })(id, tags.isWanted);
  if (answer.kind === 'deleted') jobDeleted(context, answer.stored.job, caller.name);
  return toAnswer(id, answer);
};

/** `DELETE /api/jobs/{id}`: removes a job, whatever its status. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => remove(request, context, bridge, caller));

app.http('deleteJobHttp', {
  route: 'jobs/{id}',
  methods: ['DELETE'],
  authLevel: authLevelFor('act'),
  extraInputs: [clientInput],
  handler,
});
