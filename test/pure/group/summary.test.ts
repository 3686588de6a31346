import { describe, expect, it } from 'vitest';
import { untouched, type EndpointState } from '../../../shared/gate/endpointState.ts';
import type { StoredEndpoint } from '../../../shared/gate/endpointStore.ts';
import { hourOf, noCounts, type HourRow } from '../../../shared/gate/statistics.ts';
import { summarize } from '../../../shared/group/summary.ts';
import type { SystemJob } from '../../../shared/job/systemJob.ts';
import { acceptedAt, hours, jobWith, later, nth } from '../../support/jobs.ts';
import { memoryJobStore } from '../../support/memoryJobStore.ts';

const storeWith = async (...jobs: Partial<SystemJob>[]) => {
  const store = memoryJobStore();
  for (const [n, changes] of jobs.entries()) {
    await store.insert(jobWith(nth(n), { attention: true, ...changes }), new Uint8Array());
  }
  return store;
};

const summaryOf = (
  store: Awaited<ReturnType<typeof storeWith>>,
  rows: readonly HourRow[] = [],
  states: readonly StoredEndpoint[] = [],
) =>
  summarize({
    store,
    statistics: { listHours: async (from) => rows.filter(({ hour }) => hour >= from) },
    endpointStore: { listStates: async () => states },
    endpoints: [{ name: 'orders' }, { name: 'archive' }, { name: 'invoices' }],
    now: () => acceptedAt,
    unreadable: () => undefined,
  });

describe('a summary (L-6)', () => {
  it('is all zeros where nothing needs attention', async () => {
    expect(await summaryOf(await storeWith({ status: 'Succeeded', attention: false }))).toEqual({
      countedOn: acceptedAt,
      complete: true,
      statuses: {
        WaitingForResources: 0,
        Waiting: 0,
        Suspended: 0,
        InProgress: 0,
        Pausing: 0,
        Canceling: 0,
        Failed: 0,
      },
      held: 0,
      retrying: 0,
      delivered: { lastHour: 0, lastDay: 0 },
      groups: [],
      endpoints: [],
    });
  });

  it('names the endpoints of the file that do not simply run, with why and what they hold back', async () => {
    const stored = (state: EndpointState, fault?: string): StoredEndpoint => ({
      state,
      version: '1',
      ...(fault === undefined ? {} : { fault }),
    });
    const pause = { by: 'Anna', on: acceptedAt.toISOString(), reason: 'moved' };
    const store = await storeWith(
      { status: 'Waiting', held: true, endpoint: 'archive' },
      { status: 'Waiting', held: true, endpoint: 'archive' },
      { status: 'Waiting', held: false, endpoint: 'archive', attemptCount: 1, code: 'Busy' },
    );
    const { groups, endpoints } = await summaryOf(
      store,
      [],
      [
        stored({ ...untouched('archive'), pause }),
        stored({ ...untouched('gone'), pause }),
        stored(untouched('invoices'), 'Its state cannot be read.'),
        stored(untouched('orders')),
      ],
    );
    expect(groups).toMatchObject([{ endpoint: 'archive', count: 1 }]);
    expect(endpoints).toEqual([
      { name: 'archive', state: 'paused', reason: 'Paused by Anna: moved', held: 2 },
      { name: 'invoices', state: 'running', reason: 'Its state cannot be read.', held: 0 },
    ]);
  });

  it('counts by status, and tells retrying from waiting', async () => {
    const summary = await summaryOf(
      await storeWith(
        { status: 'Waiting', attemptCount: 1, code: 'Busy' },
        { status: 'Waiting', attemptCount: 0 },
        { status: 'Waiting', attemptCount: 2, held: true },
        { status: 'Failed', attemptCount: 1, code: 'Busy' },
        { status: 'WaitingForResources' },
      ),
    );
    expect(summary.statuses).toMatchObject({ Waiting: 3, Failed: 1, WaitingForResources: 1 });
    expect(summary).toMatchObject({ retrying: 1, held: 1, groups: [{ count: 2, retrying: 1, failed: 1 }] });
  });

  it('tells what was delivered in the last hour and the last day', async () => {
    const row = (hoursAgo: number, count: number): HourRow => ({
      hour: hourOf(later(acceptedAt, -hours(hoursAgo))),
      endpoint: 'orders',
      instance: 'one',
      counts: { ...noCounts, delivered: noCounts.delivered.map(() => count) },
    });
    const { delivered } = await summaryOf(await storeWith(), [row(0, 1), row(3, 10), row(30, 100)]);
    expect(delivered).toEqual({ lastHour: 12, lastDay: 132 });
  });

  it('says when it could not count everything', async () => {
    const store = await storeWith();
    const summary = await summaryOf({
      ...store,
      scanAttention: async () => ({ entries: [], complete: false }),
    });
    expect(summary.complete).toBe(false);
  });

  it('shows the notes of its groups (L-7)', async () => {
    const store = await storeWith({ status: 'Failed', code: 'Refused' });
    const note = { text: 'known', by: 'me', on: acceptedAt };
    await store.writeNote({ endpoint: 'orders', code: 'Refused', ...note });
    expect((await summaryOf(store)).groups).toMatchObject([{ code: 'Refused', note }]);
  });
});
