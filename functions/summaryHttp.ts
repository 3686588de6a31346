import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { readNoParameters } from '../shared/api/readParameters.ts';
import { summarize } from '../shared/group/summary.ts';
import type { UnreadableJob } from '../shared/job/unreadableJob.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { jobUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor, badRequest } from './http/answer.ts';

const get = async (request: HttpRequest, context: InvocationContext, bridge: Bridge): Promise<Answer> => {
  const read = readNoParameters(request.query.entries());
  if (read.kind === 'faulty') return badRequest(read.faults);
  const { store, statisticsStore: statistics, endpointStore, endpoints, summaries } = bridge;
  const unreadable = (fault: UnreadableJob): void => jobUnreadable(context, fault);
  const dependencies = { store, statistics, endpointStore, endpoints, now, unreadable };
  return jsonAnswer(200, await summaries.get(() => summarize(dependencies)));
};

/** `GET /api/summary`: counts by status, the failure groups, and endpoints that do not simply run. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(request, context, bridge));

app.http('summaryHttp', { route: 'summary', methods: ['GET'], authLevel: authLevelFor('read'), handler });
