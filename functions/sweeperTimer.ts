import { app, type InvocationContext, type Timer } from '@azure/functions';
import * as df from 'durable-functions';
import { nudgeWith } from '../shared/job/nudge.ts';
import { sweep } from '../shared/job/sweep.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { now } from '../shared/platform/clock.ts';
import { nudgeFailed, sweepFinished } from '../shared/platform/logEvents.ts';
import { jobStarter } from './durable/jobStarter.ts';

/** Every minute: starts what was stored and not started, and nudges what stands still. */
const handler = async (_timer: Timer, context: InvocationContext): Promise<void> => {
  if (bridgeState.kind === 'faulty') return;
  const nudge = nudgeWith(jobStarter(context), (job, error) => nudgeFailed(context, job.id, error));
  sweepFinished(context, await sweep({ store: bridgeState.bridge.store, nudge, now }));
};

app.timer('sweeperTimer', { schedule: '30 * * * * *', extraInputs: [df.input.durableClient()], handler });
