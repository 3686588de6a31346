import { beforeEach, describe, expect, it, vi } from 'vitest';
import { failureCatalogue, type FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import { afterAction } from '../../../shared/job/afterAction.ts';
import type { JobAction } from '../../../shared/job/jobActions.ts';
import { hours, jobWith, later, seconds } from '../../support/jobs.ts';
import { delivered, endpointWith, failedWith, postingRig, type PostingRig } from '../../support/posting.ts';

const outcomes = (wanted: string): FailureCode[] =>
  (Object.keys(failureCatalogue) as FailureCode[]).filter(
    (code) => failureCatalogue[code].outcome === wanted,
  );

let rig: PostingRig;
beforeEach(async () => {
  rig = postingRig();
  await rig.accept();
});

/** A person acts on the row, as the API does. */
const act = async (action: JobAction, until?: Date): Promise<void> => {
  const after = afterAction(
    await rig.job(),
    { action, by: 'a test', reason: undefined, until },
    rig.clock.now(),
  );
  if (after === undefined) throw new Error(`${action} is forbidden here`);
  await rig.change(after);
};

describe('an attempt', () => {
  it('delivers, and the job is Succeeded', async () => {
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(await rig.job()).toMatchObject({
      status: 'Succeeded',
      attemptCount: 1,
      attention: false,
      completedOn: rig.clock.now(),
      startedOn: rig.clock.now(),
      attempts: [{ attempt: 1, outcome: 'delivered', durationMs: 0 }],
    });
    expect(rig.woken).toEqual([]);
  });

  it('is recorded although the row of its endpoint answers late, and only then over (S-7)', async () => {
    let answer: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      answer = resolve;
    });
    Object.assign(rig.deps, { gate: { ...rig.gate, finished: () => told } });
    const running = rig.run(1);
    await vi.waitFor(async () => expect((await rig.job()).status).toBe('Succeeded'));
    answer();
    expect(await running).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('tells its endpoint although its own row cannot be written', async () => {
    let isTold = false;
    const finished = async (): Promise<void> => {
      await Promise.resolve();
      isTold = true;
    };
    const update = (): Promise<never> => Promise.reject(new Error('storage is away'));
    Object.assign(rig.deps, { gate: { ...rig.gate, finished }, store: { ...rig.store, update } });
    rig.receiverAnswers(() => failedWith('TimedOut'));
    await expect(rig.run(1)).rejects.toThrow('storage is away');
    expect(isTold).toBe(true);
  });

  it('keeps what the listener returned, as much as a column of the table holds', async () => {
    rig.receiverAnswers(() => ({ kind: 'delivered', answer: `${'x'.repeat(31_999)}\u{1F600}` }));
    await rig.run(1);
    // The cut went through the last character, of which no half may stay.
    expect((await rig.job()).answer).toBe(`${'x'.repeat(31_999)}\uFFFD`);
  });

  it('tells what was left out of the context that it delivered', async () => {
    rig.receiverAnswers(() => ({ kind: 'delivered', stripped: ['ParentContext'] }));
    await rig.run(1);
    expect((await rig.job()).attempts).toMatchObject([{ outcome: 'delivered', stripped: ['ParentContext'] }]);
  });

  it('at a listener that returned nothing leaves no answer', async () => {
    await rig.run(1);
    expect((await rig.job()).answer).toBeUndefined();
  });

  it("carries the job's id as MessageId every time (M-2)", async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    await rig.run(1);
    rig.clock.move(seconds(10));
    await rig.run(2);
    const { id } = await rig.job();
    expect(rig.sent.map((message) => message.messageId)).toEqual([id, id]);
  });

  it.each(outcomes('retry'))('that fails by %s waits for the next one (S-2)', async (code) => {
    rig.receiverAnswers(() => failedWith(code));
    const outcome = await rig.run(1);
    const job = await rig.job();
    expect(outcome).toEqual({ kind: 'retryLater', dueOn: job.postponeUntil?.toISOString(), attempt: 2 });
    expect(job).toMatchObject({
      status: 'Waiting',
      code,
      errorCode: failureCatalogue[code].errorCode,
      message: `test: ${code}`,
      attention: true,
      completedOn: undefined,
    });
    expect(job.friendlyMessage).toContain(failureCatalogue[code].cause);
    expect(job.attempts[0]).toMatchObject({
      outcome: 'retry',
      code,
      nextOn: job.postponeUntil?.toISOString(),
    });
  });

  it.each(outcomes('suspend'))(
    'that fails by %s suspends the job until a person resumes it (S-2)',
    async (code) => {
      rig.receiverAnswers(() => failedWith(code));
      expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Suspended' });
      expect(await rig.job()).toMatchObject({
        status: 'Suspended',
        postponeUntil: undefined,
        attention: true,
      });
      expect((await rig.job()).friendlyMessage).toContain(failureCatalogue[code].advice);
    },
  );

  it.each(outcomes('fail'))('that fails by %s fails the job (S-2)', async (code) => {
    rig.receiverAnswers(() => failedWith(code));
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Failed' });
    expect(await rig.job()).toMatchObject({
      status: 'Failed',
      completedOn: rig.clock.now(),
      attention: true,
    });
  });

  it('that comes up to a second early, as timers do, plans the next one by the policy', async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    await rig.run(1);
    const planned = (await rig.job()).postponeUntil ?? new Date(0);
    rig.clock.move(planned.getTime() - rig.clock.now().getTime() - 900);
    await rig.run(2);
    const { postponeUntil, attemptCount } = await rig.job();
    expect(attemptCount).toBe(2);
    expect((postponeUntil?.getTime() ?? 0) - rig.clock.now().getTime()).toBeGreaterThan(seconds(8));
  });

  it('clears the last failure when it delivers', async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    await rig.run(1);
    rig.receiverAnswers(() => delivered);
    rig.clock.move(seconds(10));
    await rig.run(2);
    expect(await rig.job()).toMatchObject({
      status: 'Succeeded',
      code: undefined,
      message: undefined,
      attemptCount: 2,
    });
  });

  it('is given up at the end of the round (T-2)', async () => {
    rig = postingRig(jobWith(), endpointWith({ retry: { ...endpointWith().retry, maxAttempts: 2 } }));
    await rig.accept();
    rig.receiverAnswers(() => failedWith('Busy'));
    await rig.run(1);
    rig.clock.move(seconds(10));
    expect(await rig.run(2)).toEqual({ kind: 'rested', status: 'Failed' });
    expect((await rig.job()).friendlyMessage).toMatch(/^Given up after 2 attempts\. /);
  });

  it('honours the wait that the receiver asks for (T-3)', async () => {
    rig.receiverAnswers(() => ({ kind: 'failed', code: 'Busy', detail: '', retryAfterMs: 90_000 }));
    await rig.run(1);
    expect((await rig.job()).postponeUntil).toEqual(later(rig.clock.now(), 90_000));
  });

  it('suspends a job whose endpoint is no longer configured', async () => {
    const orphan = postingRig(jobWith(), null);
    await orphan.accept();
    expect(await orphan.run(1)).toEqual({ kind: 'rested', status: 'Suspended' });
    expect(await orphan.job()).toMatchObject({ code: 'EndpointNotConfigured', errorCode: -2146954990 });
  });

  it('records a bug as an unknown failure instead of hiding it', async () => {
    rig.receiverAnswers(() => {
      throw new TypeError('x is not a function');
    });
    expect(await rig.run(1)).toMatchObject({ kind: 'retryLater' });
    expect(await rig.job()).toMatchObject({ status: 'Waiting', code: 'Unknown' });
    expect((await rig.job()).message).toContain('x is not a function');
  });

  it('keeps the first and the latest attempts', async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    for (let attempt = 1; attempt <= 60; attempt += 1) {
      await rig.run(attempt);
      await rig.change({ roundStartedOn: rig.clock.now(), roundAttempts: 0 });
      rig.clock.move(hours(2));
    }
    const { attempts, attemptCount } = await rig.job();
    expect(attemptCount).toBe(60);
    expect(attempts).toHaveLength(50);
    expect(attempts.map(({ attempt }) => attempt)).toEqual([
      1,
      ...Array.from({ length: 49 }, (_, n) => n + 12),
    ]);
  });

  it('finds nothing to do for a job that is gone', async () => {
    const nobody = postingRig(jobWith());
    expect(await nobody.run(1)).toEqual({ kind: 'rested', status: 'Canceled' });
    expect(nobody.sent).toEqual([]);
    expect(nobody.missing).toHaveLength(1);
  });
});

describe('a context that is checked in (M-13)', () => {
  const large = new TextEncoder().encode(
    JSON.stringify({ MessageName: 'Update', SharedVariables: [{ key: 'k', value: 'x'.repeat(200_000) }] }),
  );
  const checkingIn = async (): Promise<PostingRig> => {
    const checking = postingRig(jobWith(), endpointWith({ oversize: 'claimCheck' }));
    await checking.store.insert(jobWith(), large);
    return checking;
  };

  it('is stored before its message is sent', async () => {
    const checking = await checkingIn();
    checking.receiverAnswers((message) => {
      expect(checking.claims.stored.get(jobWith().id)).toEqual(large);
      expect(message.applicationProperties['ClaimCheckReference']).toBe(`memory:${jobWith().id}`);
      return delivered;
    });
    expect(await checking.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('sends no message when it cannot be stored, and tries again', async () => {
    const checking = await checkingIn();
    vi.spyOn(checking.claims, 'put').mockRejectedValueOnce(new Error('no blob service'));
    expect(await checking.run(1)).toMatchObject({ kind: 'retryLater', attempt: 2 });
    expect(checking.sent).toEqual([]);
    expect(await checking.job()).toMatchObject({ code: 'ClaimNotStored', message: 'no blob service' });
  });
});

describe('a delivery that could not be recorded (S-8)', () => {
  const failOnce = (): void => {
    vi.spyOn(rig.deps.store, 'update').mockRejectedValueOnce(new Error('storage is out of reach'));
  };

  it('is told to the workflow, and the next run records it without sending', async () => {
    failOnce();
    const startedOn = rig.clock.now().toISOString();
    const outcome = await rig.run(1);
    const made = { attempt: 1, startedOn, endedOn: startedOn, delivery: { kind: 'delivered' } } as const;
    const sent = { messageId: rig.sent[0]?.messageId };
    expect(outcome).toMatchObject({ kind: 'unrecorded', delivered: { ...made, sent } });
    if (outcome.kind !== 'unrecorded') throw new Error(`The outcome is ${outcome.kind}.`);
    rig.clock.move(hours(2));
    expect(await rig.run(1, outcome.delivered)).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(rig.sent).toHaveLength(1);
    expect(await rig.job()).toMatchObject({
      completedOn: new Date(startedOn),
      attemptCount: 1,
      attempts: [{ evidence: sent }],
    });
  });

  it('counts although a person canceled meanwhile (S-3)', async () => {
    failOnce();
    const outcome = await rig.run(1);
    await act('cancel');
    if (outcome.kind !== 'unrecorded') throw new Error(`The outcome is ${outcome.kind}.`);
    expect(await rig.run(1, outcome.delivered)).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('is different from a failure that could not be recorded, which is attempted again', async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    failOnce();
    await expect(rig.run(1)).rejects.toThrow('storage is out of reach');
  });
});

describe('an attempt that is run twice (S-7)', () => {
  it('sends nothing once it is recorded as delivered', async () => {
    await rig.run(1);
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(rig.sent).toHaveLength(1);
  });

  it('sends nothing once it is recorded as failed, even when the next one is due', async () => {
    rig.receiverAnswers(() => failedWith('Busy'));
    const first = await rig.run(1);
    rig.clock.move(hours(1));
    expect(await rig.run(1)).toEqual(first);
    expect(rig.sent).toHaveLength(1);
    expect((await rig.job()).attemptCount).toBe(1);
  });

  it('at the same time records one attempt', async () => {
    const both = await Promise.all([rig.run(1), rig.run(1)]);
    expect(both).toEqual([
      { kind: 'rested', status: 'Succeeded' },
      { kind: 'rested', status: 'Succeeded' },
    ]);
    expect((await rig.job()).attempts).toHaveLength(1);
  });

  it('at the same time counts as delivered if one of the two was, whichever is recorded first', async () => {
    for (const order of [
      [delivered, failedWith('TimedOut')],
      [failedWith('TimedOut'), delivered],
    ]) {
      rig = postingRig();
      await rig.accept();
      const answers = [...order];
      rig.receiverAnswers(() => answers.shift() ?? delivered);
      await Promise.all([rig.run(1), rig.run(1)]);
      const { attempts, ...job } = await rig.job();
      expect(job).toMatchObject({ status: 'Succeeded', attemptCount: 1, roundAttempts: 1 });
      expect(attempts).toMatchObject([{ attempt: 1, outcome: 'delivered' }]);
    }
  });
});

describe('a slow attempt', () => {
  it('is shown as In Progress after a second, and recorded all the same', async () => {
    let finish: (() => void) | undefined;
    rig.receiverAnswers(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(delivered);
        }),
    );
    const running = rig.run(1);
    await expect.poll(() => rig.timers.length).toBe(1);
    rig.timers[0]?.();
    await expect.poll(async () => (await rig.job()).status).toBe('InProgress');
    expect((await rig.job()).attention).toBe(true);
    finish?.();
    expect(await running).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(await rig.job()).toMatchObject({ status: 'Succeeded', attention: false });
  });

  it('costs a quick one no write', async () => {
    await rig.run(1);
    expect(rig.timers).toEqual([]);
  });

  it('is made again after a crash, though the row says In Progress', async () => {
    await rig.change({ status: 'InProgress', attention: true });
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
  });
});

describe('what a person asked', () => {
  it('before the activity runs is done without sending', async () => {
    await act('cancel');
    expect((await rig.job()).status).toBe('Canceling');
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Canceled' });
    expect(await rig.job()).toMatchObject({
      status: 'Canceled',
      completedOn: rig.clock.now(),
      attention: false,
    });
    expect(rig.sent).toEqual([]);
  });

  it('as a pause suspends the job, and as a resume lets it go on', async () => {
    await act('pause');
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Suspended' });
    await act('resume');
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('as a postponement waits until then', async () => {
    const until = later(rig.clock.now(), hours(3));
    await act('postpone', until);
    const waits = { kind: 'retryLater', dueOn: until.toISOString(), attempt: 1 };
    expect(await rig.run(1)).toEqual(waits);
    rig.clock.move(hours(3) - 1001);
    expect(await rig.run(1)).toEqual(waits);
    rig.clock.move(1);
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
  });

  it('as a retry of a failed job makes another attempt with a new budget (S-6)', async () => {
    rig.receiverAnswers(() => failedWith('MessageTooLarge'));
    await rig.run(1);
    rig.clock.move(hours(48));
    await act('retry');
    rig.receiverAnswers(() => failedWith('Busy'));
    expect(await rig.run(2)).toMatchObject({ kind: 'retryLater', attempt: 3 });
    expect(await rig.job()).toMatchObject({ status: 'Waiting', attemptCount: 2, roundAttempts: 1 });
    expect((await rig.job()).actions).toMatchObject([{ action: 'retry', by: 'a test' }]);
  });

  const whileSending = async (ask: () => Promise<void>, answer = failedWith('Busy')) => {
    rig.receiverAnswers(async () => {
      await ask();
      return answer;
    });
    return rig.run(1);
  };

  it('while an attempt is under way comes before the next retry', async () => {
    expect(await whileSending(() => act('cancel'))).toEqual({ kind: 'rested', status: 'Canceled' });
    expect(await rig.job()).toMatchObject({ status: 'Canceled', attemptCount: 1, code: 'Busy' });
  });

  it('while an attempt is under way pauses after it', async () => {
    expect(await whileSending(() => act('pause'))).toEqual({ kind: 'rested', status: 'Suspended' });
  });

  it('while an attempt is under way postpones the next one', async () => {
    const until = later(rig.clock.now(), hours(9));
    const outcome = await whileSending(() => act('postpone', until));
    expect(outcome).toEqual({ kind: 'retryLater', dueOn: until.toISOString(), attempt: 2 });
  });

  it('while an attempt is under way does not hide that it delivered (S-3)', async () => {
    expect(await whileSending(() => act('cancel'), delivered)).toEqual({
      kind: 'rested',
      status: 'Succeeded',
    });
    expect((await rig.job()).actions).toMatchObject([{ action: 'cancel' }]);
  });
});
