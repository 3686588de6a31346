import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { summarize } from '../shared/group/summary.ts';
import type { UnreadableJob } from '../shared/job/unreadableJob.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { jobUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor } from './http/answer.ts';

const get = async (context: InvocationContext, bridge: Bridge): Promise<Answer> => {
  const { store, statisticsStore: statistics, summaries } = bridge;
  const unreadable = (fault: UnreadableJob): void => jobUnreadable(context, fault);
  return jsonAnswer(200, await summaries.get(() => summarize({ store, statistics, now, unreadable })));
};

/** `GET /api/summary`: counts by status, and the failure groups. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(context, bridge));

app.http('summaryHttp', { route: 'summary', methods: ['GET'], authLevel: authLevelFor('read'), handler });
