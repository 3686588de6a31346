import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAction } from '../../../shared/job/afterAction.ts';
import { holdJob, letGo, releaseJob } from '../../../shared/job/heldJob.ts';
import { allowedActions, jobActions } from '../../../shared/job/jobActions.ts';
import type { JobId } from '../../../shared/job/jobId.ts';
import { postMessage } from '../../../shared/job/postMessage.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { acceptedAt, hours, jobWith, later, minutes, seconds } from '../../support/jobs.ts';
import { endpointWith, failedWith, postingRig, type PostingRig } from '../../support/posting.ts';

const put = async (rig: PostingRig, state: ReturnType<(typeof stateOf)['paused']>): Promise<void> => {
  await rig.endpoints.writeState(await rig.endpoints.readState('orders'), state);
};

const pausedRig = async (job: SystemJob = jobWith()): Promise<PostingRig> => {
  const rig = postingRig(job);
  await rig.accept();
  await put(rig, stateOf.paused());
  return rig;
};

describe('a job of an endpoint that takes no attempts', () => {
  it('is held: nothing is sent, no attempt is spent, and the workflow waits (G-1)', async () => {
    const rig = await pausedRig();
    const outcome = await rig.run(1);
    const job = await rig.job();
    expect(job).toMatchObject({
      status: 'Waiting',
      held: true,
      attention: true,
      attemptCount: 0,
      attempts: [],
    });
    expect(job.friendlyMessage).toMatch(
      /^Held, no attempt is spent: the endpoint was paused by somebody: maintenance\. /,
    );
    expect(outcome).toEqual({ kind: 'retryLater', dueOn: job.postponeUntil?.toISOString(), attempt: 1 });
    expect(rig.sent).toEqual([]);
  });

  it('whose attempt a twin run has under way is retried as planned: the hold was no postponement (G-1)', async () => {
    const rig = postingRig();
    await rig.accept();
    rig.receiverAnswers(async () => {
      const job = await rig.job();
      await rig.change(holdJob(job, 'paused', later(rig.clock.now(), minutes(5)), rig.clock.now()));
      return failedWith('Busy');
    });
    await rig.run(1);
    const job = await rig.job();
    expect(job).toMatchObject({ status: 'Waiting', held: false, attemptCount: 1 });
    expect(job.friendlyMessage).toMatch(/^Waiting to try again\. /);
    expect(job.postponeUntil?.getTime()).toBeLessThan(later(rig.clock.now(), seconds(7)).getTime());
    expect(rig.woken).toEqual([job.id]);
  });

  it('is written once for each look, and each look comes later (G-7)', async () => {
    const rig = await pausedRig();
    await rig.run(1);
    const first = await rig.job();
    expect(await rig.run(1)).toMatchObject({ dueOn: first.postponeUntil?.toISOString() });
    expect((await rig.job()).modifiedOn).toEqual(first.modifiedOn);
    rig.clock.move(minutes(2));
    await rig.run(1);
    const second = await rig.job();
    const waits = ({ modifiedOn, postponeUntil }: SystemJob) =>
      (postponeUntil?.getTime() ?? 0) - modifiedOn.getTime();
    expect(waits(second)).toBeGreaterThan(1.5 * waits(first));
  });

  it('loses nothing of its retry budget while it is held (G-1)', async () => {
    const rig = await pausedRig();
    await rig.run(1);
    rig.clock.move(hours(30));
    await rig.run(1);
    rig.clock.move(hours(10));
    await put(rig, stateOf.running());
    rig.receiverAnswers(() => failedWith('Busy'));
    await rig.run(1);
    expect(await rig.job()).toMatchObject({
      status: 'Waiting',
      held: false,
      attemptCount: 1,
      roundAttempts: 1,
    });
    expect((await rig.job()).roundStartedOn).toEqual(later(acceptedAt, hours(40)));
  });

  it('makes its attempt once it is let go', async () => {
    const rig = await pausedRig();
    await rig.run(1);
    const held = await rig.job();
    rig.clock.move(seconds(7));
    await put(rig, stateOf.draining());
    expect(await rig.run(1)).toMatchObject({ kind: 'retryLater' });
    expect(rig.sent).toEqual([]);
    await rig.change({ ...releaseJob(held, rig.clock.now()) });
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(await rig.job()).toMatchObject({ held: false, attemptCount: 1, attention: false });
  });

  it('is made by no activity that runs twice at the same time', async () => {
    const rig = await pausedRig();
    await Promise.all([rig.run(1), rig.run(1), rig.run(1)]);
    expect(await rig.job()).toMatchObject({ held: true, attemptCount: 0 });
    expect(rig.sent).toEqual([]);
  });

  it('is recorded all the same when it was delivered before (S-8)', async () => {
    const rig = await pausedRig();
    const on = rig.clock.now().toISOString();
    const outcome = await rig.run(1, {
      attempt: 1,
      startedOn: on,
      endedOn: on,
      delivery: { kind: 'delivered' },
    });
    expect(outcome).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('passes unasked when its endpoint is no longer configured: it is suspended as ever', async () => {
    const rig = postingRig(jobWith(), null);
    await rig.accept();
    await put(rig, stateOf.paused());
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Suspended' });
  });
});

describe('a probe', () => {
  const openRig = async (): Promise<PostingRig> => {
    const rig = postingRig(jobWith(), endpointWith());
    await rig.accept();
    await put(rig, stateOf.open(rig.clock.now()));
    return rig;
  };

  it('that is delivered closes the breaker, even if it cannot be recorded (G-4)', async () => {
    const rig = await openRig();
    const { store } = rig.deps;
    const deps = {
      ...rig.deps,
      store: { ...store, update: () => Promise.reject(new Error('storage is away')) },
    };
    const outcome = await postMessage(deps)({ jobId: (await rig.job()).id, attempt: 1 });
    expect(outcome).toMatchObject({ kind: 'unrecorded' });
    expect((await rig.endpoints.readState('orders')).state.breaker.state).toBe('closed');
  });

  it('that fails waits for its own next attempt, and is then held (G-4)', async () => {
    const rig = await openRig();
    rig.receiverAnswers(() => failedWith('ConnectionFailed'));
    await rig.run(1);
    expect(await rig.job()).toMatchObject({ status: 'Waiting', held: false, attemptCount: 1 });
    rig.clock.move(seconds(6));
    await rig.run(2);
    expect(await rig.job()).toMatchObject({ status: 'Waiting', held: true, attemptCount: 1 });
    expect(rig.sent).toHaveLength(1);
  });
});

describe('a held job', () => {
  const held = holdJob(jobWith(), 'test', later(acceptedAt, minutes(5)), later(acceptedAt, seconds(1)));

  it.each(jobActions)('takes %s as any waiting job does, and is not held any more (G-7)', (action) => {
    const until = action === 'postpone' ? later(acceptedAt, hours(1)) : undefined;
    const asked = { action, by: 'me', reason: undefined, until };
    const now = later(acceptedAt, minutes(1));
    const after = afterAction(held, asked, now);
    expect(after).toEqual(after === undefined ? undefined : { ...after, held: false });
    expect(after !== undefined).toBe(allowedActions('Waiting').includes(action));
    expect(after?.status).toBe(afterAction({ ...held, held: false }, asked, now)?.status);
  });

  it('is let go only while it is held', () => {
    expect(releaseJob(held, acceptedAt)).toMatchObject({ status: 'WaitingForResources', held: false });
    expect(releaseJob({ ...held, held: false }, acceptedAt)).toBeUndefined();
    expect(releaseJob({ ...held, status: 'Canceling' }, acceptedAt)).toBeUndefined();
    const plain = jobWith();
    expect(letGo(plain, acceptedAt)).toBe(plain);
  });

  it('never spends an attempt, whatever happens to its endpoint meanwhile (G-1)', async () => {
    const states = fc.constantFrom('running', 'paused', 'open', 'halfOpen', 'draining');
    const steps = fc.array(fc.record({ state: states, afterMs: fc.constantFrom(0, 61_000, 700_000) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const rig = postingRig();
        await rig.accept();
        rig.receiverAnswers(() => failedWith('Busy'));
        let sent = 0;
        for (const { state, afterMs } of sequence) {
          rig.clock.move(afterMs + seconds(6));
          const far = later(rig.clock.now(), hours(99));
          const other: JobId = 'another-job';
          const make = {
            running: stateOf.running,
            paused: stateOf.paused,
            open: () => stateOf.open(far),
            halfOpen: () => stateOf.halfOpen(other, far),
            draining: stateOf.draining,
          }[state];
          await put(rig, make());
          const before = await rig.job();
          await rig.run(before.attemptCount + 1);
          const after = await rig.job();
          expect(after.attemptCount).toBe(rig.sent.length);
          if (['paused', 'open', 'halfOpen'].includes(state)) expect(rig.sent.length).toBe(sent);
          if (after.held) expect(after.attempts).toHaveLength(after.attemptCount);
          sent = rig.sent.length;
        }
      }),
      { numRuns: 100 },
    );
  });
});
