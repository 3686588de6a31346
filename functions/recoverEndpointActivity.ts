import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { recoverEndpoint, type RecoveryOutcome } from '../shared/gate/recovery.ts';
import { nudgeWith } from '../shared/job/nudge.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { now } from '../shared/platform/clock.ts';
import { endpointChanged, jobsLetGo } from '../shared/platform/gateLogEvents.ts';
import { jobUnreadable, nudgeFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { names } from './durable/names.ts';

/**
 * One step of an endpoint's recovery.
 *
 * @throws Error while the app is configured wrongly or its storage is out of reach; the workflow then waits and asks
 *   again.
 */
const handler = async (
  { endpoint }: { readonly endpoint: string },
  context: InvocationContext,
): Promise<RecoveryOutcome> => {
  if (bridgeState.kind === 'faulty') throw new Error(`Faulty configuration: ${bridgeState.faults.join(' ')}`);
  const { store, endpointStore } = bridgeState.bridge;
  return recoverEndpoint({
    endpoints: endpointStore,
    jobs: store,
    nudge: nudgeWith(jobStarter(context), (job, error) => nudgeFailed(context, job.id, error)),
    now,
    changed: (state, event) => endpointChanged(context, state, event),
    letGo: (name, jobs) => jobsLetGo(context, name, jobs),
    unreadable: (fault) => jobUnreadable(context, fault),
  })(endpoint);
};

df.app.activity(names.recoverEndpointActivity, { extraInputs: [clientInput], handler });
