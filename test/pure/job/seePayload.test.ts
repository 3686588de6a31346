import { describe, expect, it, vi } from 'vitest';
import { recordLook } from '../../../shared/job/seePayload.ts';
import { actionsKept, seePayload, type SystemJob } from '../../../shared/job/systemJob.ts';
import { acceptedAt, jobWith } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { testClock } from '../../support/posting.ts';

const body = new TextEncoder().encode('{}');

const rigWith = async (job: SystemJob = jobWith()) => {
  const store = memoryJobStore();
  await store.insert(job, body);
  const clock = testClock();
  const stored = async (): Promise<SystemJob> => {
    const found = await store.read(job.id);
    if (found === undefined) throw new Error('The job is gone.');
    return found.job;
  };
  return {
    store,
    clock,
    job,
    stored,
    look: (by = 'Ann') => recordLook({ store, now: clock.now })(job.id, by),
  };
};

describe('a look at a payload (E-3)', () => {
  it('is on the job when the payload is given, and nothing else of the job changes', async () => {
    const { job, look, clock, stored } = await rigWith();
    const seen = await look();
    const actions = [{ action: seePayload, on: clock.now().toISOString(), by: 'Ann' }];
    expect(seen?.body).toBe(body);
    expect(await stored()).toEqual({ ...job, actions });
    expect(seen?.job).toEqual(await stored());
  });

  it('follows whoever writes at the same moment', async () => {
    const { store, look, stored, job } = await rigWith();
    const readWithBody = store.readWithBody.bind(store);
    vi.spyOn(store, 'readWithBody').mockImplementationOnce(async (id) => {
      const read = await readWithBody(id);
      if (read !== undefined) await store.update(read, { ...read.job, friendlyMessage: 'changed' });
      return read;
    });
    await look();
    expect(await stored()).toMatchObject({ ...job, friendlyMessage: 'changed', actions: [{ by: 'Ann' }] });
  });

  it('is recorded once when the answer to the write gets lost', async () => {
    const { store, look, stored } = await rigWith();
    const update = store.update.bind(store);
    vi.spyOn(store, 'update').mockImplementationOnce(async (before, after) => {
      await update(before, after);
      return 'changed';
    });
    await look();
    expect((await stored()).actions).toHaveLength(1);
  });

  it('that cannot be recorded gives nothing', async () => {
    const { store, look } = await rigWith();
    vi.spyOn(store, 'update').mockRejectedValue(new Error('storage is out of reach'));
    await expect(look()).rejects.toThrow('storage is out of reach');
  });

  it('at a job that never stands still ends with an error', async () => {
    const { store, look } = await rigWith();
    vi.spyOn(store, 'update').mockResolvedValue('changed');
    await expect(look()).rejects.toThrow(/changed 20 times/);
  });

  it('of no job gives nothing', async () => {
    const { store, clock } = await rigWith();
    expect(await recordLook({ store, now: clock.now })('zz-none', 'Ann')).toBeUndefined();
  });

  it('makes room among looks only: what was asked stays', async () => {
    const asked = Array.from({ length: actionsKept }, (_, index) => ({
      action: 'retry' as const,
      on: acceptedAt.toISOString(),
      by: `person ${index}`,
    }));
    const { look, clock, stored } = await rigWith(jobWith({}, { actions: asked }));
    for (let n = 1; n <= 30; n += 1) {
      clock.move(1000);
      await look(`viewer ${n}`);
    }
    const { actions } = await stored();
    expect(actions.slice(0, actionsKept)).toEqual(asked);
    const looks = actions.slice(actionsKept).map(({ by }) => by);
    expect(looks).toHaveLength(actionsKept);
    expect([looks[0], looks.at(-1)]).toEqual(['viewer 1', 'viewer 30']);
  });
});
