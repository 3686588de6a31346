import { app, type InvocationContext, type Timer } from '@azure/functions';
import * as df from 'durable-functions';
import { needsRecovery } from '../shared/gate/recovery.ts';
import { nudgeWith, startWith } from '../shared/job/nudge.ts';
import { nudgeOperations } from '../shared/operation/nudgeOperations.ts';
import { sweep } from '../shared/job/sweep.ts';
import type { SystemJob } from '../shared/job/systemJob.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now } from '../shared/platform/clock.ts';
import { jobUnreadable, nudgeFailed, sweepFinished } from '../shared/platform/logEvents.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { operationNudge } from './durable/operationNudge.ts';
import { recoveryStarter } from './durable/recoveryStarter.ts';

/** A recovery that is lost (its instance purged, another hub name) is started again; one that runs is left alone. */
const restartRecoveries = async (
  context: InvocationContext,
  { endpointStore, endpointNamed }: Bridge,
): Promise<void> => {
  const { restart } = recoveryStarter(context);
  for (const { state } of await endpointStore.listStates()) {
    if (endpointNamed(state.endpoint) !== undefined && needsRecovery(state, now()))
      await restart(state.endpoint);
  }
};

/** Every minute: starts what was stored and not started, and nudges what stands still. */
const handler = async (_timer: Timer, context: InvocationContext): Promise<void> => {
  if (bridgeState.kind === 'faulty') return;
  const starter = jobStarter(context);
  const failed = (job: SystemJob, error: unknown): void => nudgeFailed(context, job.id, error);
  const result = await sweep({
    store: bridgeState.bridge.store,
    nudge: nudgeWith(starter, failed),
    start: startWith(starter, failed),
    unreadable: (fault) => jobUnreadable(context, fault),
    now,
  });
  sweepFinished(context, result);
  await restartRecoveries(context, bridgeState.bridge);
  const { operations } = bridgeState.bridge;
  await nudgeOperations({ operations, nudge: operationNudge(context), now });
};

app.timer('sweeperTimer', { schedule: '30 * * * * *', extraInputs: [df.input.durableClient()], handler });
