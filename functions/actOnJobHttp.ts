import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import type { Caller } from '../shared/api/access/caller.ts';
import { readEntityTags } from '../shared/api/entityTags.ts';
import { jobSummary } from '../shared/api/jobJson.ts';
import { jsonAnswer, problem, type Answer } from '../shared/api/problem.ts';
import { readAction } from '../shared/api/readAction.ts';
import { actOnJob, type ActionAnswer } from '../shared/job/actOnJob.ts';
import { isJobAction, jobActions } from '../shared/job/jobActions.ts';
import { isJobId } from '../shared/job/jobId.ts';
import { nudgeWith } from '../shared/job/nudge.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { actionAnswered, nudgeFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { answered, authLevelFor, badRequest, notFound } from './http/answer.ts';
import { boundedText } from './http/boundedText.ts';

const toAnswer = (id: string, answer: ActionAnswer): Answer => {
  switch (answer.kind) {
    case 'notFound':
      return notFound(`job ${id}`);
    case 'forbidden':
      return problem('ActionForbidden', answer.reason);
    case 'stale':
      return problem('JobChanged', `Its status is ${answer.stored.job.status} now. Read it again.`);
    case 'done':
      return jsonAnswer(202, jobSummary(answer.stored.job), { etag: answer.stored.version });
  }
};

const maxActionBytes = 4096;

const act = async (
  request: HttpRequest,
  context: InvocationContext,
  { store }: Bridge,
  caller: Caller,
): Promise<Answer> => {
  const { id = '', action = '' } = request.params;
  if (!isJobAction(action)) return notFound(`action "${action}"; there are ${jobActions.join(', ')}`);
  if (!isJobId(id)) return notFound(`job ${id}`);
  const text = await boundedText(request, maxActionBytes);
  if (text === undefined) return badRequest([`the body has more than ${maxActionBytes} bytes.`]);
  const tags = readEntityTags('If-Match', request.headers.get('if-match'));
  if (tags.kind === 'faulty') return badRequest([tags.fault]);
  const read = readAction(action, text, caller.name, now());
  if (read.kind === 'faulty') return badRequest(read.faults);
  const nudge = nudgeWith(jobStarter(context), (job, error) => nudgeFailed(context, job.id, error));
  const answer = await actOnJob({ store, nudge, now })(id, read.asked, tags.isWanted);
  actionAnswered(context, id, read.asked, answer);
  return toAnswer(id, answer);
};

/** `POST /api/jobs/{id}/{action}`: cancel, pause, resume, postpone or retry. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'act', (bridge, caller) => act(request, context, bridge, caller));

app.http('actOnJobHttp', {
  route: 'jobs/{id}/{action}',
  methods: ['POST'],
  authLevel: authLevelFor('act'),
  extraInputs: [clientInput],
  handler,
});
