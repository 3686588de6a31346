import { app, type InvocationContext, type Timer } from '@azure/functions';
import * as df from 'durable-functions';
import { nudgeWith, startWith } from '../shared/job/nudge.ts';
import { sweep } from '../shared/job/sweep.ts';
import type { SystemJob } from '../shared/job/systemJob.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { now } from '../shared/platform/clock.ts';
import { jobUnreadable, nudgeFailed, sweepFinished } from '../shared/platform/logEvents.ts';
import { jobStarter } from './durable/jobStarter.ts';

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
};

app.timer('sweeperTimer', { schedule: '30 * * * * *', extraInputs: [df.input.durableClient()], handler });
