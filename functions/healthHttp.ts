import { app, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import { healthReport, type StorageCheck } from '../shared/api/healthReport.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import type { BridgeState } from '../shared/platform/composeBridge.ts';
import { requestFailed } from '../shared/platform/logEvents.ts';

/** One cheap read tells whether the table answers. */
const checkStorage = async (state: BridgeState, context: InvocationContext): Promise<StorageCheck> => {
  if (state.kind === 'faulty') return { kind: 'unchecked' };
  try {
    const sweptUntilMs = await state.bridge.store.readSweptUntil();
    return { kind: 'reachable', sweptUntil: sweptUntilMs === undefined ? undefined : new Date(sweptUntilMs) };
  } catch (error) {
    requestFailed(context, context.functionName, error);
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
};

/** `GET /api/health`: 200 when the app can accept and deliver, 503 with all faults when it cannot. */
const handler = async (_request: unknown, context: InvocationContext): Promise<HttpResponseInit> => {
  const faults = bridgeState.kind === 'faulty' ? bridgeState.faults : [];
  const endpoints = bridgeState.kind === 'ready' ? bridgeState.bridge.endpoints : [];
  return { ...healthReport({ faults, endpoints, storage: await checkStorage(bridgeState, context) }) };
};

app.http('healthHttp', { route: 'health', methods: ['GET'], authLevel: 'function', handler });
