import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/delivery/failureCatalogue.ts';
import { decide } from '../../../shared/job/beforeAttempt.ts';
import { releaseJob } from '../../../shared/job/heldJob.ts';
import { jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import { needsAttention } from '../../../shared/job/rested.ts';
import { jobWith, later, minutes, seconds } from '../../support/jobs.ts';
import { delivered, failedWith, postingRig } from '../../support/posting.ts';

const statuses = Object.keys(jobStatuses) as JobStatus[];

/** The second table of the contract: status, then what follows each event. */
const documented = (): Map<string, readonly string[]> => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/contract.md'), 'utf8');
  const rows = text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()))
    .filter((cells) => cells.length === 11 && cells[1] !== 'Happens in' && !/^-+$/.test(cells[1] ?? ''));
  return new Map(
    rows.flatMap((cells) => (cells[1] ?? '').split(', ').map((status) => [status, cells.slice(2, 10)])),
  );
};

/** A job whose attempt began before somebody made it `status`. */
const underAttempt = async (status: JobStatus) => {
  const rig = postingRig();
  await rig.accept();
  const waits = { postponeUntil: rig.clock.now() };
  return {
    rig,
    /** Ends the attempt; the row became `status` in between. */
    ended: async (code: FailureCode | undefined): Promise<JobStatus> => {
      // Waiting is what it was when the attempt began; a person's other time would come first.
      if (status === 'Waiting') await rig.change({ status, attention: true, ...waits });
      rig.receiverAnswers(async () => {
        await rig.change({ status, attention: needsAttention(status) });
        return code === undefined ? delivered : failedWith(code);
      });
      await rig.run(1);
      return (await rig.job()).status;
    },
  };
};

const afterEnd = async (status: JobStatus, code: FailureCode | undefined): Promise<string> => {
  const after = await (await underAttempt(status)).ended(code);
  return after === status && !['WaitingForResources', 'Waiting', 'InProgress'].includes(status) ? '' : after;
};

const dueJob = (status: JobStatus) =>
  jobWith({}, { status, attention: true, postponeUntil: later(new Date(0), seconds(1)) });

/** What an attempt that begins in this status leads to while it takes long. */
const afterLong = async (status: JobStatus): Promise<string> => {
  const rig = postingRig(dueJob(status));
  await rig.accept();
  let seen = '';
  rig.receiverAnswers(async () => {
    for (const call of rig.timers.splice(0)) call();
    await Promise.resolve();
    seen = (await rig.job()).status;
    return delivered;
  });
  await rig.run(1);
  return seen;
};

const afterLook = (status: JobStatus): string => {
  const decision = decide(dueJob(status), 1, later(new Date(), minutes(1)));
  if (decision.kind === 'post') return 'attempt';
  return decision.kind === 'write' ? decision.job.status : '';
};

/** The job after its activity ran while its endpoint takes no attempts; empty when that changed nothing. */
const afterHeld = async (status: JobStatus): Promise<string> => {
  const rig = postingRig(dueJob(status));
  await rig.accept();
  const ask: typeof rig.gate.ask = async () => ({
    kind: 'held',
    reason: 'a test',
    lookAgainOn: later(rig.clock.now(), minutes(1)),
  });
  Object.assign(rig.deps, { gate: { ...rig.gate, ask } });
  await rig.run(1);
  expect(rig.sent).toEqual([]);
  const { held, status: after } = await rig.job();
  return held ? after : '';
};

const letGo = (status: JobStatus): string =>
  releaseJob(jobWith({}, { status, held: status === 'Waiting' }), later(new Date(), 0))?.status ?? '';

describe('the table of what happens to a job (S-10)', () => {
  const table = documented();

  it('has every status once', () => {
    expect([...table.keys()].sort()).toEqual([...statuses].sort());
  });

  it.each(statuses)('is what the code does with one that is %s', async (status) => {
    expect([
      await afterEnd(status, undefined),
      await afterEnd(status, 'Busy'),
      await afterEnd(status, 'Unauthorized'),
      await afterEnd(status, 'Refused'),
      await afterLong(status),
      afterLook(status),
      await afterHeld(status),
      letGo(status),
    ]).toEqual(table.get(status));
  });

  it('is not for a job whose time has not come', () => {
    const soon = jobWith({}, { status: 'Waiting', postponeUntil: later(new Date(), minutes(5)) });
    expect(decide(soon, 1, new Date()).kind).toBe('leave');
  });

  it.each(['Busy', 'Unauthorized', 'Refused'] as const)(
    'lets the person come first when an attempt fails by %s',
    async (code) => {
      const rig = postingRig();
      await rig.accept();
      const until = later(rig.clock.now(), minutes(9));
      rig.receiverAnswers(async () => {
        await rig.change({ status: 'Waiting', postponeUntil: until, attention: true });
        return failedWith(code);
      });
      await rig.run(1);
      expect(await rig.job()).toMatchObject({ status: 'Waiting', postponeUntil: until, code });
    },
  );
});
