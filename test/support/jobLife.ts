import type { Delivery } from '../../shared/delivery/delivery.ts';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import { acceptNotification } from '../../shared/job/acceptNotification.ts';
import { actOnJob, type ActionAnswer } from '../../shared/job/actOnJob.ts';
import { deleteJob } from '../../shared/job/deleteJob.ts';
import { releaseJob } from '../../shared/job/heldJob.ts';
import type { JobAction } from '../../shared/job/jobActions.ts';
import type { PostOutcome } from '../../shared/job/postOutcome.ts';
import { sweep } from '../../shared/job/sweep.ts';
import type { StoredJob } from '../../shared/job/systemJob.ts';
import { notificationWith } from './contexts.ts';
import { jobWith, later, operationTime } from './jobs.ts';
import { attemptsOfRound, heldMs } from './jobModel.ts';
import { delivered, endpointWith, failedWith, postingRig } from './posting.ts';
import { rememberingStarter } from './starter.ts';

/** Retried after about 10, 20 ... seconds; few attempts a round, so that budgets are used up. */
const retry = {
  firstDelaySeconds: 10,
  factor: 2,
  longestDelaySeconds: 60,
  totalHours: 10_000,
  maxAttempts: attemptsOfRound,
};

const endpoint = endpointWith({ retry });

/** An attempt that is being made: its end is up to the test. */
interface UnderWay {
  readonly run: Promise<PostOutcome>;
  readonly end: (delivery: Delivery) => void;
}

/** One job over the store in memory, with everything that can happen to it in the test's hands. */
export const jobLife = async () => {
  const rig = postingRig(jobWith(), endpoint);
  const engine = rememberingStarter();
  const { id } = jobWith();
  let isHeld = false;
  let underWay: UnderWay | undefined;
  const lookAgainOn = () => later(rig.clock.now(), heldMs);
  const gate: typeof rig.deps.gate = {
    ...rig.gate,
    ask: async () =>
      isHeld ? { kind: 'held', reason: 'a test holds it', lookAgainOn: lookAgainOn() } : { kind: 'pass' },
  };
  const life = { ...rig, deps: Object.assign(rig.deps, { gate }) };
  const read = (): Promise<StoredJob | undefined> => rig.store.read(id);

  const accept = () =>
    acceptNotification({
      store: rig.store,
      starter: engine.starter,
      startFailed: () => undefined,
      now: rig.clock.now,
      maxDepth: 16,
    })(notificationWith(), endpoint);

  /** Runs the activity, up to its end or to where the message is sent. */
  const run = async (attempt: number): Promise<void> => {
    let end: (delivery: Delivery) => void = () => undefined;
    const sending = new Promise<'sending'>((resolve) => {
      rig.receiverAnswers(() => {
        resolve('sending');
        return new Promise((ended) => (end = ended));
      });
    });
    const running = life.run(attempt);
    if ((await Promise.race([running, sending])) === 'sending') underWay = { run: running, end };
  };

  const finish = async (code: FailureCode | undefined): Promise<void> => {
    underWay?.end(code === undefined ? delivered : failedWith(code));
    await underWay?.run;
    underWay = undefined;
  };

  const act = (action: JobAction, untilMs: number, isStale: boolean): Promise<ActionAnswer> =>
    actOnJob({ store: rig.store, nudge: async () => true, now: rig.clock.now })(
      id,
      {
        action,
        by: 'a test',
        reason: undefined,
        until: action === 'postpone' ? later(rig.clock.now(), untilMs) : undefined,
      },
      isStale ? () => false : undefined,
    );

  const release = async (): Promise<void> => {
    const stored = await read();
    const after = stored === undefined ? undefined : releaseJob(stored.job, rig.clock.now());
    if (stored !== undefined && after !== undefined) await rig.store.update(stored, after);
  };

  const sweepNow = async (): Promise<string[]> => {
    const nudged: string[] = [];
    const nudge = async (job: { readonly id: string }): Promise<boolean> => nudged.push(job.id) > 0;
    const unreadable = (fault: Error): never => {
      throw fault;
    };
    await sweep({ store: rig.store, nudge, start: nudge, unreadable, now: rig.clock.now });
    return nudged;
  };

  await rig.store.writeSweptUntil(operationTime.getTime());
  return {
    id,
    store: rig.store,
    clock: rig.clock,
    sent: rig.sent,
    read,
    accept,
    run,
    finish,
    act,
    release,
    sweep: sweepNow,
    isUnderWay: () => underWay !== undefined,
    hold: (held: boolean) => {
      isHeld = held;
    },
    /** The send under way lasts longer than a second. */
    slow: async (): Promise<void> => {
      for (const call of rig.timers.splice(0)) call();
      await Promise.resolve();
    },
    remove: () => deleteJob({ store: rig.store, starter: engine.starter, wakeFailed: () => undefined })(id),
  };
};

export type JobLife = Awaited<ReturnType<typeof jobLife>>;
