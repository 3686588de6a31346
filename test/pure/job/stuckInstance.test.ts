import { describe, expect, it } from 'vitest';
import { endIfStuck } from '../../../shared/job/stuckInstance.ts';
import { acceptedAt, later, minutes } from '../../support/jobs.ts';

/** An instance that last moved so many minutes ago. */
const instanceStill = (count: number) => {
  const reasons: string[] = [];
  const instance = {
    movedOn: async () => later(acceptedAt, -minutes(count)),
    end: async (reason: string) => {
      reasons.push(reason);
    },
  };
  return { instance, reasons };
};

describe('an instance that runs, and whose row stands still (B-9)', () => {
  it('is ended when it has not moved for twenty minutes, with the reason', async () => {
    const { instance, reasons } = instanceStill(20);
    expect(await endIfStuck(instance, acceptedAt)).toBe(true);
    expect(reasons).toEqual(['It has not moved for 20 minutes.']);
  });

  it('is left alone when it moved since: it tries again, or waits for a planned time', async () => {
    const { instance, reasons } = instanceStill(19);
    expect(await endIfStuck(instance, acceptedAt)).toBe(false);
    expect(reasons).toEqual([]);
  });

  it('is not ended when the engine does not say how it stands', async () => {
    const { instance, reasons } = instanceStill(60);
    const movedOn = (): Promise<Date> => Promise.reject(new Error('away'));
    await expect(endIfStuck({ ...instance, movedOn }, acceptedAt)).rejects.toThrow('away');
    expect(reasons).toEqual([]);
  });
});
