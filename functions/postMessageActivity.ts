import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { gatekeeper } from '../shared/gate/gatekeeper.ts';
import { wakeWith } from '../shared/job/nudge.ts';
import { postMessage, type PostMessageInput } from '../shared/job/postMessage.ts';
import type { PostOutcome } from '../shared/job/postOutcome.ts';
import { bridgeState } from '../shared/platform/bridge.ts';
import { after, elapsedMs, now } from '../shared/platform/clock.ts';
import { endpointChanged, gateFailed } from '../shared/platform/gateLogEvents.ts';
import { attemptFinished, jobMissing, nudgeFailed } from '../shared/platform/logEvents.ts';
import { clientInput } from './durable/client.ts';
import { jobStarter } from './durable/jobStarter.ts';
import { names } from './durable/names.ts';
import { recoveryStarter } from './durable/recoveryStarter.ts';

/**
 * Makes one attempt of a system job and records it.
 *
 * @throws Error while the app is configured wrongly or its storage is out of reach; the workflow then waits and asks
 *   for the same attempt again.
 */
const handler = async (input: PostMessageInput, context: InvocationContext): Promise<PostOutcome> => {
  if (bridgeState.kind === 'faulty') throw new Error(`Faulty configuration: ${bridgeState.faults.join(' ')}`);
  const { store, endpointNamed, encode, claims, publisherFor, identityOf } = bridgeState.bridge;
  const { endpointStore, gateMemory, statistics } = bridgeState.bridge;
  return postMessage({
    store,
    endpointNamed,
    encode,
    claims,
    publisherFor,
    gate: gatekeeper({
      store: endpointStore,
      memory: gateMemory,
      now,
      elapsedMs,
      recover: recoveryStarter(context).recover,
      changed: (state, event) => endpointChanged(context, state, event),
      failed: (endpoint, error) => gateFailed(context, endpoint, error),
    }),
    identityOf,
    now,
    after,
    attemptFinished: (job, finished) => {
      attemptFinished(context, job, finished);
      statistics.count(job.endpoint, finished);
    },
    jobMissing: (jobId) => jobMissing(context, jobId),
    wake: wakeWith(jobStarter(context), (job, error) => nudgeFailed(context, job.id, error)),
  })(input);
};

df.app.activity(names.postMessageActivity, { extraInputs: [clientInput], handler });
