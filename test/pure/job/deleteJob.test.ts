import { beforeEach, describe, expect, it } from 'vitest';
import { acceptNotification } from '../../../shared/job/acceptNotification.ts';
import { deleteJob, type DeletionStore } from '../../../shared/job/deleteJob.ts';
import { jobStatuses, type JobStatus } from '../../../shared/job/jobStatus.ts';
import { needsAttention } from '../../../shared/job/rested.ts';
import { notificationWith } from '../../support/contexts.ts';
import { acceptedAt, jobWith } from '../../support/jobs.ts';
import { endpointWith, failedWith, postingRig, type PostingRig } from '../../support/posting.ts';
import { rememberingStarter } from '../../support/starter.ts';

const { id } = jobWith();

let rig: PostingRig;
let engine: ReturnType<typeof rememberingStarter>;
let unwoken: string[];
beforeEach(async () => {
  rig = postingRig();
  engine = rememberingStarter();
  unwoken = [];
  await rig.accept();
});

const remove = (version?: string, store: DeletionStore = rig.store) =>
  deleteJob({ store, starter: engine.starter, wakeFailed: (jobId) => unwoken.push(jobId) })(
    id,
    version === undefined ? undefined : (current) => current === version,
  );

const listed = async () => [
  ...(await rig.store.list({ top: 9 })).jobs,
  ...(await rig.store.list({ top: 9, attention: true })).jobs,
];

describe('deleting a job', () => {
  it.each(Object.keys(jobStatuses) as JobStatus[])('removes one that is %s (S-9)', async (status) => {
    await rig.change({ status, attention: needsAttention(status) });
    expect(await remove()).toMatchObject({ kind: 'deleted', stored: { job: { status } } });
    expect(await listed()).toEqual([]);
  });

  it('wakes the workflow, which finds no row and ends (S-9)', async () => {
    await remove();
    expect(engine.calls).toEqual(['wake']);
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Canceled' });
    expect(rig.missing).toEqual([id]);
    expect(rig.sent).toEqual([]);
  });

  it('is done even if the workflow could not be woken', async () => {
    engine.break();
    expect(await remove()).toMatchObject({ kind: 'deleted' });
    expect(unwoken).toEqual([id]);
  });

  it.each(['delivers', 'fails', 'is slow'])(
    'under an attempt that %s leaves no row behind (S-9)',
    async (end) => {
      rig.receiverAnswers(async () => {
        await remove();
        if (end === 'is slow') for (const call of rig.timers) call();
        return end === 'fails' ? failedWith('Busy') : { kind: 'delivered' };
      });
      expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Canceled' });
      expect(await listed()).toEqual([]);
    },
  );

  it('is refused when the person saw an older version', async () => {
    const version = (await rig.store.read(id))?.version;
    await rig.change({ attemptCount: 1 });
    expect(await remove(version)).toMatchObject({ kind: 'stale', stored: { job: { attemptCount: 1 } } });
    expect(await listed()).toHaveLength(1);
    expect(await remove((await rig.store.read(id))?.version)).toMatchObject({ kind: 'deleted' });
  });

  it('follows a job that changes at the same moment', async () => {
    let interfered = false;
    const store: DeletionStore = {
      ...rig.store,
      remove: async (before) => {
        if (!interfered) await rig.change({ attention: (interfered = true) });
        return rig.store.remove(before);
      },
    };
    expect(await remove(undefined, store)).toMatchObject({ kind: 'deleted' });
    expect(await listed()).toEqual([]);
  });

  it('is done when the row is gone though the answer got lost', async () => {
    const store: DeletionStore = {
      ...rig.store,
      remove: async (before) => {
        await rig.store.remove(before);
        return 'missing';
      },
    };
    expect(await remove(undefined, store)).toMatchObject({ kind: 'deleted' });
  });

  it('finds no job that is not there', async () => {
    await remove();
    expect(await remove()).toEqual({ kind: 'notFound' });
  });

  it('lets the same notification make the job anew (S-9)', async () => {
    await rig.run(1);
    await remove();
    const accept = acceptNotification({
      store: rig.store,
      starter: engine.starter,
      startFailed: () => undefined,
      now: () => acceptedAt,
      maxDepth: 16,
    });
    const again = await accept(notificationWith(), endpointWith());
    expect(again).toEqual({ kind: 'accepted', jobId: id, duplicate: false });
    expect(await rig.run(1)).toEqual({ kind: 'rested', status: 'Succeeded' });
    expect(rig.sent.map(({ messageId }) => messageId)).toEqual([id, id]);
  });
});
