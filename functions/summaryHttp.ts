import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { jsonAnswer, type Answer } from '../shared/api/problem.ts';
import { summarize } from '../shared/group/summary.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { jobUnreadable } from '../shared/platform/logEvents.ts';
import { answered, authLevelFor } from './http/answer.ts';

const get = async (context: InvocationContext, { store, summaries }: Bridge): Promise<Answer> =>
  jsonAnswer(200, await summaries.get(() => summarize(store, now, (fault) => jobUnreadable(context, fault))));

/** `GET /api/summary`: counts by status, and the failure groups. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answered(request, context, 'read', (bridge) => get(context, bridge));

app.http('summaryHttp', { route: 'summary', methods: ['GET'], authLevel: authLevelFor('read'), handler });
