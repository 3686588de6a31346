import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { healthReport, type StorageCheck } from '../shared/api/healthReport.ts';
import type { Answer } from '../shared/api/problem.ts';
import { standingOf } from '../shared/job/standing.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import type { BridgeState } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { requestFailed } from '../shared/platform/logEvents.ts';
import { answeredAlways, authLevelFor } from './http/answer.ts';

const checkStorage = async (state: BridgeState, context: InvocationContext): Promise<StorageCheck> => {
  if (state.kind === 'faulty') return { kind: 'unchecked' };
  try {
    const { store, endpointStore } = state.bridge;
    const [standing, stored] = await Promise.all([standingOf(store), endpointStore.listStates()]);
    return { kind: 'reachable', standing, states: stored.map((each) => each.state) };
  } catch (error) {
    requestFailed(context, context.functionName, error);
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
};

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
