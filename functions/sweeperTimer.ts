import { app, type InvocationContext, type Timer } from '@azure/functions';
import { restartRecoveries } from '../shared/gate/restartRecoveries.ts';
import { firstHour } from '../shared/gate/statistics.ts';
import { nudgeWith, startWith } from '../shared/job/nudge.ts';
import { nudgeOperations } from '../shared/operation/nudgeOperations.ts';
import { sweep } from '../shared/job/sweep.ts';
import { sweepParts, type SweepPart } from '../shared/job/sweepParts.ts';
import type { SystemJob } from '../shared/job/systemJob.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import type { Bridge } from '../shared/platform/composeBridge.ts';
import { now, within } from '../shared/platform/clock.ts';
import { jobUnreadable, nudgeFailed, sweepFinished, sweepPartFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { operationNudge } from './durable/operationNudge.ts';
import { recoveryStarter } from './durable/recoveryStarter.ts';

/** Longest wait for one of the quick parts; with the two long ones it all ends within `functionTimeout` of host.json. */
const quickMs = 40_000;

/** Twice what is shown. */
const statisticsHours = 48;

const quick = (name: string, work: () => Promise<unknown>): SweepPart => ({
  name,
  work: () => within(quickMs, `Sweeping ${name}`, work()),
});

/** Few rows each: recoveries and operations on which many jobs wait, and statistics that are old. */
const quickParts = (
  context: InvocationContext,
  { endpointStore, endpointNamed, operations, statisticsStore }: Bridge,
): SweepPart[] => [
  quick('recoveries', () =>
    restartRecoveries({
      endpoints: endpointStore,
      isConfigured: (name) => endpointNamed(name) !== undefined,
      restart: recoveryStarter(context).restart,
      now,
    }),
  ),
  quick('operations', () => nudgeOperations({ operations, nudge: operationNudge(context), now })),
  quick('statistics', () => statisticsStore.removeHours(firstHour(now(), statisticsHours))),
];

const sweepJobs = async (context: InvocationContext, { store }: Bridge): Promise<void> => {
  const starter = jobStarter(context);
  const failed = (job: SystemJob, error: unknown): void => nudgeFailed(context, job.id, error);
  const result = await sweep({
    store,
    nudge: nudgeWith(starter, failed),
    start: startWith(starter, failed),
    unreadable: (fault) => jobUnreadable(context, fault),
    now,
  });
  sweepFinished(context, result);
};

/** Every minute: starts what was stored and not started, and nudges what stands still. */
const handler = async (_timer: Timer, context: InvocationContext): Promise<void> => {
  if (bridgeState.kind === 'faulty') return;
  const { bridge } = bridgeState;
  const jobs: SweepPart = { name: 'jobs', work: () => sweepJobs(context, bridge) };
  await sweepParts([quickParts(context, bridge), [jobs]], (part, error) =>
    sweepPartFailed(context, part, error),
  );
};

app.timer('sweeperTimer', { schedule: '30 * * * * *', extraInputs: [clientInput], handler });
