import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  counted,
  deliveredIn,
  durationSteps,
  firstHour,
  historyOf,
  hourOf,
  hoursKept,
  noCounts,
  type HourRow,
} from '../../../shared/gate/statistics.ts';
import { flushMs, statisticsKeeper } from '../../../shared/gate/statisticsKeeper.ts';
import { delivered, failedWith } from '../../support/posting.ts';
import { hours, later, minutes } from '../../support/jobs.ts';

const noon = new Date('2026-11-24T12:00:00.000Z');

const at = (endedOn: Date, durationMs = 30, isDelivered = true) => ({
  startedOn: later(endedOn, -durationMs),
  endedOn,
  isDelivered,
});

const rowOf = (endedOn: Date, attempts = [at(endedOn)], endpoint = 'orders', instance = 'a'): HourRow => ({
  hour: hourOf(endedOn),
  endpoint,
  instance,
  counts: attempts.reduce(counted, noCounts),
});

describe('the figures of an endpoint', () => {
  it('have an entry for each of the last 24 hours, from the rows of all instances', () => {
    const now = later(noon, minutes(30));
    const rows = [
      rowOf(noon, [at(noon), at(later(noon, 1), 400, false)], 'orders', 'a'),
      rowOf(noon, [at(noon)], 'orders', 'b'),
      rowOf(later(noon, -hours(1)), [at(later(noon, -hours(1)))], 'orders', 'a'),
      rowOf(noon, [at(noon)], 'other', 'a'),
    ];
    const history = historyOf(rows, 'orders', now);
    expect(history.hours).toHaveLength(hoursKept);
    expect(history.hours.at(-1)).toEqual({ hour: noon.toISOString(), attempts: 3, failures: 1, p95Ms: 500 });
    expect(history.hours.at(-2)).toMatchObject({ attempts: 1, failures: 0, p95Ms: 50 });
    expect(history.hours[0]).toEqual({ hour: firstHour(now), attempts: 0, failures: 0, p95Ms: null });
    expect(history.lastDeliveredOn).toBe(noon.toISOString());
    expect(history.lastFailedOn).toBe(later(noon, 1).toISOString());
  });

  it('give a 95th percentile that 95 of 100 attempts keep to', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 119_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(durations, (all) => {
        const row = rowOf(
          noon,
          all.map((ms) => at(noon, ms)),
        );
        const p95 = historyOf([row], 'orders', noon).hours.at(-1)?.p95Ms ?? 0;
        expect(all.filter((ms) => ms <= p95).length).toBeGreaterThanOrEqual(all.length * 0.95);
        expect(durationSteps).toContain(p95);
      }),
    );
  });

  it('count deliveries exactly to five minutes', () => {
    const now = later(noon, minutes(30));
    const rows = [
      rowOf(later(noon, minutes(29)), [at(later(noon, minutes(29)))]),
      rowOf(later(noon, -minutes(26)), [at(later(noon, -minutes(26)))]),
      rowOf(later(noon, -minutes(40)), [at(later(noon, -minutes(40)))]),
      rowOf(later(noon, -hours(23)), [at(later(noon, -hours(23)))]),
      rowOf(noon, [at(noon, 1, false)]),
    ];
    expect(deliveredIn(rows, 1, now)).toBe(2);
    expect(deliveredIn(rows, 24, now)).toBe(4);
  });
});

describe('counting in a process', () => {
  const rig = () => {
    const written: HourRow[] = [];
    const failed: unknown[] = [];
    const waiting: { ms: number; call: () => void }[] = [];
    let fault: Error | undefined;
    const keeper = statisticsKeeper({
      store: {
        putHour: async (row) => {
          if (fault !== undefined) throw fault;
          written.push(row);
        },
      },
      instance: 'me',
      after: (ms, call) => waiting.push({ ms, call }),
      failed: (error) => failed.push(error),
    });
    const finished = (endedOn: Date, isDelivered = true) => ({
      attempt: 1,
      plannedOn: undefined,
      startedOn: later(endedOn, -30),
      endedOn,
      delivery: isDelivered ? delivered : failedWith('Busy'),
    });
    const flush = async (): Promise<void> => {
      for (const { call } of waiting.splice(0)) call();
      await new Promise((resolve) => setImmediate(resolve));
    };
    return {
      written,
      failed,
      waiting,
      flush,
      count: (endpoint: string, endedOn: Date, isDelivered = true) =>
        keeper.count(endpoint, finished(endedOn, isDelivered)),
      breakStore: (error: Error | undefined) => {
        fault = error;
      },
    };
  };

  it('writes one row for each endpoint every ten seconds, whatever the number of attempts (G-8)', async () => {
    const { count, written, waiting, flush } = rig();
    for (let n = 0; n < 100; n += 1) count(n % 2 === 0 ? 'orders' : 'other', noon, n % 5 !== 0);
    expect(waiting.map(({ ms }) => ms)).toEqual([flushMs]);
    expect(written).toEqual([]);
    await flush();
    expect(written.map(({ endpoint, counts }) => [endpoint, counts.attempts])).toEqual([
      ['orders', 50],
      ['other', 50],
    ]);
  });

  it('writes sums, so that a row written twice counts once', async () => {
    const { count, written, flush } = rig();
    count('orders', noon);
    await flush();
    count('orders', noon);
    await flush();
    expect(written.map(({ counts }) => counts.attempts)).toEqual([1, 2]);
    expect(new Set(written.map(({ hour, instance }) => hour + instance)).size).toBe(1);
  });

  it('begins a new row with a new hour', async () => {
    const { count, written, flush } = rig();
    count('orders', later(noon, -1));
    count('orders', noon);
    await flush();
    expect(written.map(({ hour, counts }) => [hour, counts.attempts])).toEqual([
      ['2026-11-24T11:00:00.000Z', 1],
      ['2026-11-24T12:00:00.000Z', 1],
    ]);
  });

  it('takes along what could not be written, and says so', async () => {
    const { count, written, failed, flush, breakStore } = rig();
    const fault = new Error('storage is away');
    breakStore(fault);
    count('orders', noon);
    await flush();
    expect(failed).toEqual([fault]);
    breakStore(undefined);
    count('other', later(noon, 5));
    await flush();
    expect(written.map(({ endpoint }) => endpoint).sort()).toEqual(['orders', 'other']);
  });
});
