import { describe, expect, it } from 'vitest';
import { figuresIfReadable, readFigures } from '../../../shared/gate/endpointFigures.ts';
import type { BacklogCount } from '../../../shared/gate/backlog.ts';
import { shortMemory } from '../../../shared/memory/shortMemory.ts';
import { gateTime } from '../../support/endpointEvents.ts';
import { jobWith, nth } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';

const fault = new Error('storage is away');
const store = memoryJobStore();
const keptMs = 3000;
/** What was counted a moment ago is forgotten for every test. */
const forgetful = { get: <Value>(load: () => Promise<Value>) => load(), forget: () => undefined };
const whole = {
  store,
  backlogs: forgetful,
  statisticsStore: { listHours: async () => [] },
  now: () => gateTime,
};
const parts = [
  { what: 'backlog', deps: { ...whole, store: { countBacklog: () => Promise.reject(fault) } } },
  { what: 'statistics', deps: { ...whole, statisticsStore: { listHours: () => Promise.reject(fault) } } },
];

/** The figures' dependencies with a memory of their own, and how often the backlog was counted. */
const counting = () => {
  let counts = 0;
  const counted = {
    countBacklog: () => {
      counts += 1;
      return store.countBacklog();
    },
  };
  const deps = { ...whole, store: counted, backlogs: shortMemory<BacklogCount>(keptMs, () => 0) };
  return { deps, counts: () => counts };
};

describe('the figures of an endpoint', () => {
  it('are read', async () => {
    await store.insert(jobWith(nth(1), { status: 'Waiting', attention: true, held: true }), new Uint8Array());
    const { count } = await figuresIfReadable(whole, 'orders', () => undefined);
    expect(count.byEndpoint.get('orders')).toEqual({ backlog: 1, held: 1 });
    expect(count.complete).toBe(true);
  });

  it('are counted once for all who look on within a moment', async () => {
    const { deps, counts } = counting();
    await Promise.all([readFigures(deps), readFigures(deps, 'orders'), readFigures(deps, 'other')]);
    expect(counts()).toBe(1);
  });

  it('are counted anew for who acts, and for who looks after that', async () => {
    const { deps, counts } = counting();
    await readFigures(deps);
    await figuresIfReadable(deps, 'orders', () => undefined);
    expect(counts()).toBe(2);
    await readFigures(deps, 'orders');
    expect(counts()).toBe(3);
  });

  it.each(parts)('are a fault when the $what cannot be read', async ({ deps }) => {
    await expect(readFigures(deps, 'orders')).rejects.toThrow(fault);
  });

  it.each(parts)(
    'are left out of the answer to an action that is done when the $what cannot be read (G-6)',
    async ({ deps }) => {
      const failed: unknown[] = [];
      const { count, rows } = await figuresIfReadable(deps, 'orders', (error) => failed.push(error));
      expect({ count, rows }).toEqual({ count: { byEndpoint: new Map(), complete: false }, rows: [] });
      expect(failed).toEqual([fault]);
    },
  );
});
