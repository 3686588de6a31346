import { beforeEach, describe, expect, it } from 'vitest';
import { afterEvent } from '../../../shared/gate/afterEvent.ts';
import { kindOf, type EndpointState } from '../../../shared/gate/endpointState.ts';
import type { EndpointStore } from '../../../shared/gate/endpointStore.ts';
import { needsRecovery, recoverEndpoint } from '../../../shared/gate/recovery.ts';
import { holdJob } from '../../../shared/job/heldJob.ts';
import type { JobStore } from '../../../shared/job/jobStore.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { stateOf } from '../../support/endpointEvents.ts';
import { UnreadableJob } from '../../../shared/job/unreadableJob.ts';
import { jobWith, later, minutes, nth, seconds } from '../../support/jobs.ts';
import { memoryEndpointStore } from '../../support/memoryEndpointStore.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';
import { testClock } from '../../support/posting.ts';

let jobs: JobStore;
let endpoints: EndpointStore;
let clock: ReturnType<typeof testClock>;
let nudged: string[];
let letGo: number;
let unreadable: string[];

beforeEach(() => {
  jobs = memoryJobStore();
  endpoints = memoryEndpointStore();
  clock = testClock();
  nudged = [];
  letGo = 0;
  unreadable = [];
});

const step = () =>
  recoverEndpoint({
    endpoints,
    jobs,
    nudge: async (job) => {
      nudged.push(job.name);
      return true;
    },
    now: clock.now,
    changed: () => undefined,
    letGo: (_endpoint, count) => {
      letGo += count;
    },
    unreadable: (fault) => unreadable.push(fault.id),
  })('orders');

const put = async (state: EndpointState): Promise<void> => {
  await endpoints.writeState(await endpoints.readState('orders'), state);
};
const state = async (): Promise<EndpointState> => (await endpoints.readState('orders')).state;

const hold = async (n: number, changes: Partial<SystemJob> = {}): Promise<string> => {
  const job = { ...jobWith(nth(n), { name: `#${n}` }), ...changes };
  await jobs.insert(holdJob(job, 'test', later(clock.now(), minutes(1)), clock.now()), new Uint8Array());
  return job.id;
};

const holdMany = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await hold(n);
};

const dueIn = (outcome: Awaited<ReturnType<typeof step>>): number =>
  outcome.kind === 'again' ? Date.parse(outcome.dueOn) - clock.now().getTime() : Number.NaN;

describe('the recovery of an endpoint', () => {
  it('rests while nothing is to be done, or a person has paused it', async () => {
    expect(await step()).toMatchObject({ kind: 'rested' });
    await put(stateOf.paused());
    expect(await step()).toMatchObject({ kind: 'rested' });
  });

  it('waits until the probe is due, and for a probe under way until its claim is over', async () => {
    await put(stateOf.open(later(clock.now(), seconds(30))));
    expect(dueIn(await step())).toBe(30_000);
    await put(stateOf.halfOpen('x', later(clock.now(), seconds(50))));
    expect(dueIn(await step())).toBe(50_000);
    expect(nudged).toEqual([]);
  });

  it('lets the oldest held job through when the probe is due (G-4)', async () => {
    await hold(0, { endpoint: 'other' });
    for (const n of [1, 2, 3]) await hold(n);
    await put(stateOf.open(clock.now()));
    expect(await step()).toMatchObject({ kind: 'again' });
    expect(nudged).toEqual(['#1']);
    const released = (await jobs.list({ top: 9, status: 'WaitingForResources' })).jobs;
    expect(released).toMatchObject([{ name: '#1', held: false, attention: true }]);
  });

  it('rests when no job is held: the next one is the probe', async () => {
    await put(stateOf.open(clock.now()));
    expect(await step()).toMatchObject({ kind: 'rested' });
  });

  it('lets held jobs go, oldest first, at the rate (G-2)', async () => {
    await holdMany(8);
    await put(stateOf.draining(60, clock.now()));
    clock.move(seconds(5));
    expect(dueIn(await step())).toBe(5000);
    expect([...nudged].sort()).toEqual(['#0', '#1', '#2', '#3', '#4']);
    await step();
    expect(nudged).toHaveLength(5);
    clock.move(seconds(5));
    await step();
    expect(nudged).toHaveLength(8);
    expect(letGo).toBe(8);
  });

  it('lets nobody go any more when a person pauses it in the middle (G-2)', async () => {
    await holdMany(8);
    await put(stateOf.draining(60, clock.now()));
    clock.move(seconds(5));
    await step();
    const paused = afterEvent(await state(), { kind: 'pause', by: 'me' }, clock.now());
    await put(paused ?? stateOf.running());
    clock.move(seconds(5));
    expect(await step()).toMatchObject({ kind: 'rested' });
    expect(nudged).toHaveLength(5);
  });

  it('leaves a job alone that a person acted on meanwhile', async () => {
    const id = await hold(1);
    const stored = await jobs.read(id);
    if (stored === undefined) throw new Error('gone');
    const stale: JobStore = { ...jobs, listHeld: async () => ({ ids: [id, 'gone'], complete: true }) };
    await jobs.update(stored, { ...stored.job, status: 'Canceling', held: false });
    jobs = stale;
    await put(stateOf.draining(600, clock.now()));
    clock.move(seconds(5));
    await step();
    expect(nudged).toEqual([]);
    expect((await jobs.read(id))?.job.status).toBe('Canceling');
  });

  it('ends when no job is held, and not before every process has noticed that it goes on', async () => {
    await put(stateOf.draining(600, clock.now()));
    clock.move(seconds(5));
    expect(dueIn(await step())).toBe(10_000);
    clock.move(seconds(10));
    expect(await step()).toMatchObject({ kind: 'rested' });
    expect(kindOf(await state())).toBe('running');
  });

  it('looks again when somebody else wrote the row: two recoveries let no more go than one (G-2)', async () => {
    await holdMany(20);
    await put(stateOf.draining(60, clock.now()));
    clock.move(seconds(5));
    await Promise.all([step(), step(), step()]);
    expect(nudged).toHaveLength(5);
  });
});

/** The row of a job is damaged; its entry in the index is well. */
const damage = (...ids: string[]): void => {
  const whole = jobs;
  jobs = {
    ...whole,
    read: async (id) => {
      if (ids.includes(id)) throw new UnreadableJob(id, `j${id}`, new Error('damaged'));
      return whole.read(id);
    },
  };
};

/** Entries of the index without a job, older than all others. */
const orphan = (...ids: string[]): void => {
  const whole = jobs;
  jobs = {
    ...whole,
    listHeld: async (endpoint, most) => {
      const { ids: held, complete } = await whole.listHeld(endpoint, most);
      return { ids: [...ids, ...held].slice(0, most), complete };
    },
  };
};

describe('what cannot be let go (G-9)', () => {
  it('keeps no other job: the next ones go in its place, and it is reported', async () => {
    const oldest = await hold(0);
    for (const n of [1, 2, 3]) await hold(n);
    damage(oldest);
    orphan('nobody');
    await put(stateOf.draining(1, clock.now()));
    clock.move(minutes(1));
    expect(await step()).toMatchObject({ kind: 'again' });
    expect(nudged).toEqual(['#1']);
    expect(unreadable).toEqual([oldest]);
    expect(letGo).toBe(1);
  });

  it('is no probe: the next one is', async () => {
    damage(await hold(0), await hold(1));
    await hold(2);
    orphan('nobody');
    await put(stateOf.open(clock.now()));
    expect(await step()).toMatchObject({ kind: 'again' });
    expect(nudged).toEqual(['#2']);
  });

  it('lets a probe rest and a drain end when nothing else is left', async () => {
    damage(await hold(0));
    orphan('nobody');
    await put(stateOf.open(clock.now()));
    expect(await step()).toMatchObject({ kind: 'rested' });
    await put(stateOf.draining(600, clock.now()));
    clock.move(minutes(1));
    expect(await step()).toMatchObject({ kind: 'rested' });
    expect(kindOf(await state())).toBe('running');
  });

  it('is not a storage that is away: that is for the workflow, which tries again', async () => {
    await hold(0);
    jobs = { ...jobs, read: () => Promise.reject(new Error('storage is away')) };
    await put(stateOf.draining(600, clock.now()));
    clock.move(minutes(1));
    await expect(step()).rejects.toThrow('storage is away');
    expect(kindOf(await state())).toBe('draining');
  });
});

describe('an index that is too long to be read whole (G-2)', () => {
  it('ends no drain and rests no probe, although no job was found', async () => {
    jobs = { ...jobs, listHeld: async () => ({ ids: [], complete: false }) };
    await put(stateOf.draining(600, clock.now()));
    clock.move(minutes(1));
    expect(await step()).toMatchObject({ kind: 'again' });
    expect(kindOf(await state())).toBe('draining');
    await put(stateOf.open(clock.now()));
    expect(await step()).toMatchObject({ kind: 'again' });
  });
});

describe('a batch of a slow engine', () => {
  it('ends after twenty seconds; who was not begun stays held and goes with a later one (G-2)', async () => {
    await holdMany(100);
    const quick = jobs;
    jobs = {
      ...quick,
      read: async (id) => {
        clock.move(seconds(1));
        return quick.read(id);
      },
    };
    await put(stateOf.draining(6000, clock.now()));
    clock.move(seconds(5));
    expect(await step()).toMatchObject({ kind: 'again' });
    expect(letGo).toBeGreaterThanOrEqual(20);
    expect(letGo).toBeLessThan(30);
    expect((await jobs.listHeld('orders', 100)).ids).toHaveLength(100 - letGo);
    clock.move(seconds(5));
    await step();
    expect(letGo).toBeGreaterThanOrEqual(40);
  });
});

describe('the sweeper starts a recovery again (G-6)', () => {
  it('when the row says that work is due', () => {
    const now = clock.now();
    expect(needsRecovery(stateOf.running(), now)).toBe(false);
    expect(needsRecovery(stateOf.paused(), now)).toBe(false);
    expect(needsRecovery(stateOf.draining(), now)).toBe(true);
    expect(needsRecovery(stateOf.open(later(now, 1)), now)).toBe(false);
    expect(needsRecovery(stateOf.open(now), now)).toBe(true);
    expect(needsRecovery(stateOf.halfOpen('x', later(now, 1)), now)).toBe(false);
    expect(needsRecovery(stateOf.halfOpen('x', now), now)).toBe(true);
  });
});
