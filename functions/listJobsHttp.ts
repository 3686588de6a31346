import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jobSummary } from '../shared/api/jobJson.ts';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readListQuery } from '../shared/api/readListQuery.ts';
import { UnusableToken } from '../shared/job/jobList.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { jobUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor, badRequest } from './http/answer.ts';

/** The caller proves who it is by a header: then `code` can only be a failure code. */
const isProvedByHeader = ({ headers }: HttpRequest): boolean =>
  headers.has('x-functions-key') || headers.has('x-ms-client-principal');

const list = async (request: HttpRequest, context: InvocationContext, { store }: Bridge): Promise<Answer> => {
  const read = readListQuery(request.query.entries(), !isProvedByHeader(request));
  if (read.kind === 'faulty') return badRequest(read.faults);
  try {
    const { jobs, unreadable, next } = await store.list(read.query);
    for (const fault of unreadable) jobUnreadable(context, fault);
    return jsonAnswer(200, {
      jobs: jobs.map(jobSummary),
      unreadable: unreadable.map(({ id }) => id),
      next: next ?? null,
    });
  } catch (error) {
    if (error instanceof UnusableToken) return badRequest([error.message]);
    throw error;
  }
};

/** `GET /api/jobs`: newest first, by page. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => list(request, context, bridge));

app.http('listJobsHttp', { route: 'jobs', methods: ['GET'], authLevel: authLevelFor('read'), handler });
