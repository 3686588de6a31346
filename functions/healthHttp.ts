import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { healthReport } from '../shared/api/healthReport.ts';
import type { Answer } from '../shared/api/problem.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { now } from '../shared/platform/clock.ts';
import { answeredAlways, authLevelFor } from './http/answer.ts';
import { checkStorage } from './http/checkStorage.ts';

const report = async (context: InvocationContext): Promise<Answer> => {
  const faults = bridgeState.kind === 'faulty' ? bridgeState.faults : [];
  const endpoints = bridgeState.kind === 'ready' ? bridgeState.bridge.endpoints : [];
  const storage = await checkStorage(bridgeState, context);
  return healthReport({ faults, endpoints, storage, now: now() });
};

/** `GET /api/health`: 200 when the app can accept, 503 with all faults when it cannot. */
const handler = (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> =>
  answeredAlways(request, context, 'read', () => report(context));

app.http('healthHttp', { route: 'health', methods: ['GET'], authLevel: authLevelFor('read'), handler });
