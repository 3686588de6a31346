import { setTimeout as delay } from 'node:timers/promises';
import type { BusControl } from '../bus/controlClient.ts';
import type { BridgeClient, ShownJob } from './bridgeClient.ts';
import type { QueueInspector } from './queueInspector.ts';
import { newOperations, type Sample } from './samples.ts';
import { done, heading, plannedTimes, say, showJobs, showMessages, step } from './show.ts';

/** What the demonstration works with. */
export interface Stage {
  readonly bridge: BridgeClient;
  readonly listener: QueueInspector;
  readonly bus: BusControl;
  readonly endpoint: string;
  readonly queue: string;
}

/** Longest that a job is waited for. */
const patienceMs = 60_000;

const until = async (bridge: BridgeClient, id: string, statuses: readonly string[]): Promise<ShownJob> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const job = await bridge.job(id);
    if (statuses.includes(job.status)) return job;
    if (performance.now() > deadline) {
      throw new Error(`Job ${id} is ${job.status} after ${patienceMs / 1000} s: ${job.friendlyMessage}`);
    }
    await delay(100);
  }
};

const finalStatuses = ['Succeeded', 'Failed', 'Canceled', 'Suspended'];

const expect = (truth: boolean, otherwise: string): void => {
  if (!truth) throw new Error(otherwise);
};

/** Whatever an earlier run left in the queue would be mistaken for ours. */
const emptyQueue = async ({ bus, queue, listener }: Stage): Promise<void> => {
  const { active } = await bus.queue(queue);
  if (active > 0) await listener.take(active);
};

const deliverSamples = async (stage: Stage, samples: readonly Sample[]): Promise<void> => {
  const { bridge, endpoint, listener, queue } = stage;
  heading(`Dataverse posts ${samples.length} notifications to /api/notify/${endpoint}`);
  const accepted = await Promise.all(samples.map((sample) => bridge.post(sample, endpoint)));
  done(`${accepted.length} answers 202: stored durably, each a system job`);
  const jobs = await Promise.all(accepted.map(({ id }) => until(bridge, id, finalStatuses)));
  showJobs(jobs);
  const missed = jobs.filter((job) => job.status !== 'Succeeded');
  expect(missed.length === 0, `${missed.length} jobs did not succeed; see their messages above.`);

  heading(`A listener peeks into the queue ${queue}, which leaves the messages there`);
  const peeked = await listener.peek();
  showMessages(peeked);
  heading('The listener receives and deletes them');
  const taken = await listener.take(samples.length);
  done(`${taken.length} messages taken, ${(await listener.peek()).length} left`);
  expect(
    peeked.length === samples.length && taken.length === samples.length,
    `${samples.length} messages were posted, ${peeked.length} peeked and ${taken.length} taken.`,
  );
  const bodies = new Set(samples.map(({ body }) => body.toString('latin1')));
  const same = taken.filter(({ body }) => bodies.has((body as Buffer).toString('latin1'))).length;
  done(`${same} of ${taken.length} bodies are byte for byte what was posted`);
  expect(same === samples.length, 'Some bodies were changed on the way.');
};

const repeatSamples = async (stage: Stage, samples: readonly Sample[]): Promise<void> => {
  heading('Dataverse posts the same notifications again');
  const again = await Promise.all(samples.map((sample) => stage.bridge.post(sample, stage.endpoint)));
  const duplicates = again.filter(({ duplicate }) => duplicate).length;
  const messages = (await stage.listener.peek()).length;
  done(`${duplicates} of ${again.length} were recognised; ${messages} new messages in the queue`);
  expect(duplicates === again.length && messages === 0, 'A repeated notification made a second message.');
};

const surviveOutage = async (stage: Stage): Promise<void> => {
  const { bridge, bus, endpoint, listener } = stage;
  heading('The Service Bus goes away');
  await bus.stopListening();
  const sample = newOperations()[0];
  if (sample === undefined) throw new Error('There are no samples.');
  const { id } = await bridge.post(sample, endpoint);
  step('posted and accepted (202); the first attempt is failing');
  const waiting = await until(bridge, id, ['Waiting', ...finalStatuses]);
  showJobs([waiting]);
  say(`  ${waiting.friendlyMessage}`);
  say(`  Planned: ${plannedTimes(waiting)}, ... growing up to an hour apart, for a day.`);
  expect(waiting.status === 'Waiting', `The job is ${waiting.status} instead of Waiting.`);

  heading('The Service Bus is back');
  await bus.listen();
  step(`the next attempt is planned for ${waiting.postponeUntil?.slice(11, 19) ?? 'soon'} (UTC)`);
  const job = await until(bridge, id, finalStatuses);
  showJobs([job]);
  expect(job.status === 'Succeeded', `The job is ${job.status}: ${job.friendlyMessage}`);
  const [message, ...more] = await listener.take(1);
  expect(message?.messageId === id && more.length === 0, 'The message did not arrive.');
  done('delivered exactly once');
};

/**
 * Shows the main job and its hard cases on the running platform.
 *
 * @throws Error that says what went differently than promised.
 */
export const demonstrate = async (stage: Stage): Promise<void> => {
  await emptyQueue(stage);
  const samples = newOperations();
  await deliverSamples(stage, samples);
  await repeatSamples(stage, samples);
  await surviveOutage(stage);
};
