import type { InvocationContext } from '@azure/functions';
import type { StorageCheck } from '../../shared/api/healthReport.ts';
import { vitalSignsOf } from '../../shared/job/vitalSigns.ts';
import type { BridgeState } from '../../shared/platform/composeBridge.ts';
import { requestFailed } from '../../shared/platform/logEvents.ts';

/** Whether storage is reached, and how things stand in it. */
export const checkStorage = async (state: BridgeState, context: InvocationContext): Promise<StorageCheck> => {
  if (state.kind === 'faulty') return { kind: 'unchecked' };
  try {
    const { store, endpointStore } = state.bridge;
    const [vitalSigns, stored] = await Promise.all([
      state.bridge.vitalSigns.get(() => vitalSignsOf(store)),
      endpointStore.listStates(),
    ]);
    return { kind: 'reachable', vitalSigns, states: stored.map((each) => each.state) };
  } catch (error) {
    requestFailed(context, context.functionName, error);
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
};
