import { describe, expect, it } from 'vitest';
import { awaitRest } from '../../../shared/job/awaitRest.ts';
import type { JobStatus } from '../../../shared/job/jobStatus.ts';
import { jobWith } from '../../support/jobs.ts';
import { testClock } from '../../support/posting.ts';

/** A job whose status is what `statusAt` says after so many milliseconds; undefined when it is gone. */
const awaited = async (waitMs: number, statusAt: (ms: number) => JobStatus | undefined) => {
  const clock = testClock();
  const startMs = clock.now().getTime();
  const pauses: number[] = [];
  const passedMs = () => clock.now().getTime() - startMs;
  const job = await awaitRest(
    {
      store: {
        read: async () => {
          const status = statusAt(passedMs());
          return status === undefined ? undefined : { job: jobWith({}, { status }), version: '1' };
        },
      },
      now: clock.now,
      sleep: async (ms) => {
        pauses.push(ms);
        clock.move(ms);
      },
    },
    jobWith().id,
    waitMs,
  );
  return { status: job?.status, pauses, passedMs: passedMs() };
};

const ends = ['Succeeded', 'Failed', 'Canceled', 'Suspended', 'Waiting'] as const;

describe('waiting for a job', () => {
  it.each(ends)('ends as soon as it is %s (R-12)', async (status) => {
    const { pauses, ...end } = await awaited(10_000, (ms) => (ms < 100 ? 'WaitingForResources' : status));
    expect(end.status).toBe(status);
    expect(end.passedMs).toBeLessThan(200);
    expect(pauses[0]).toBe(10);
  });

  it.each(['WaitingForResources', 'InProgress', 'Pausing', 'Canceling'] as const)(
    'goes on while it is %s, and no longer than the caller waits (R-12)',
    async (status) => {
      expect(await awaited(5000, () => status)).toMatchObject({ status, passedMs: 5000 });
    },
  );

  it('ends when the job is gone', async () => {
    expect(await awaited(10_000, (ms) => (ms < 50 ? 'InProgress' : undefined))).toMatchObject({
      status: undefined,
      passedMs: expect.toSatisfy((ms: number) => ms < 100) as number,
    });
  });

  it('sees what came at the last moment', async () => {
    expect(await awaited(1000, (ms) => (ms < 1000 ? 'InProgress' : 'Succeeded'))).toMatchObject({
      status: 'Succeeded',
      passedMs: 1000,
    });
  });

  it('looks often at first and once a second later', async () => {
    const { pauses } = await awaited(25_000, () => 'InProgress');
    expect(pauses.slice(0, 4)).toEqual([10, 15, 22.5, 33.75]);
    expect(Math.max(...pauses)).toBe(1000);
    expect(pauses.length).toBeLessThan(40);
  });

  it('looks once when there is no time to wait', async () => {
    expect(await awaited(0, () => 'InProgress')).toEqual({ status: 'InProgress', pauses: [], passedMs: 0 });
  });

  it('lets errors of the store through', async () => {
    const waiting = awaited(1000, () => {
      throw new Error('out of reach');
    });
    await expect(waiting).rejects.toThrow('out of reach');
  });
});
