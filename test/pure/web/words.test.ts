import { describe, expect, it } from 'vitest';
import type { JobSummary, Summary } from '../../../web/api/shapes.ts';
import { withClockTimes } from '../../../web/model/attempts.ts';
import { displayOf, lastErrorOf, nextAttemptOn, shortId } from '../../../web/model/jobs.ts';
import { countersOf } from '../../../web/model/stateBar.ts';
import { exactTime, lengthOf, relativeTime } from '../../../web/model/times.ts';

describe('how a job is shown', () => {
  it.each([
    ['WaitingForResources', 0, false, 'New'],
    ['Waiting', 0, false, 'Waiting'],
    ['Waiting', 2, false, 'Retrying'],
    ['Waiting', 2, true, 'Held'],
    ['Succeeded', 1, false, 'Succeeded'],
    ['Succeeded', 3, false, 'SucceededLate'],
    ['Failed', 3, false, 'Failed'],
  ] as const)('%s after %i attempts, held %s: %s', (status, attemptCount, held, display) => {
    expect(displayOf({ status, attemptCount, held })).toBe(display);
  });

  it('has its last error in one line, none when it succeeded', () => {
    const job = {
      code: 'EntityFull',
      message: 'a\n  b',
      friendlyMessage: 'c',
      status: 'Waiting',
    } as JobSummary;
    expect(lastErrorOf(job)).toBe('a b');
    expect(lastErrorOf({ ...job, message: null })).toBe('c');
    expect(lastErrorOf({ ...job, status: 'Succeeded' })).toBe('');
  });

  it('has an id that is told by its end', () => {
    expect([shortId('123456789'), shortId('1234567890')]).toEqual(['123456789', '…34567890']);
  });
});

describe('the next attempt of a job', () => {
  const postponeUntil = '2026-11-24T08:30:00.000Z';

  it('is at its time', () => {
    expect(nextAttemptOn({ held: false, postponeUntil })).toBe(postponeUntil);
  });

  it('is not known while it is held', () => {
    expect(nextAttemptOn({ held: true, postponeUntil })).toBeNull();
  });
});

describe('the state bar', () => {
  it('has no count before the first answer, and a filter all the same', () => {
    expect(countersOf(undefined).every(({ count }) => count === undefined)).toBe(true);
    expect(countersOf(undefined).map(({ display }) => display)).toEqual([
      'Failed',
      'Suspended',
      'Waiting',
      'Retrying',
      'Held',
      'InProgress',
      'Succeeded',
      'Canceled',
    ]);
  });

  it('counts what the summary counts', () => {
    const summary = {
      statuses: { Failed: 3, Suspended: 2, Waiting: 9, InProgress: 1 },
      held: 4,
      retrying: 5,
      delivered: { lastHour: 7, lastDay: 70 },
    } as Summary;
    expect(countersOf(summary).map(({ count }) => count)).toEqual([3, 2, 9, 5, 4, 1, 7, undefined]);
  });
});

describe('a time', () => {
  const now = Date.parse('2026-11-24T06:00:00Z');

  it.each([
    ['2026-11-24T06:00:00.400Z', 'now'],
    ['2026-11-24T05:59:15Z', '45 s ago'],
    ['2026-11-24T06:00:12Z', 'in 12 s'],
    ['2026-11-24T05:48:00Z', '12 min ago'],
    ['2026-11-24T03:00:01Z', '2 h ago'],
    ['2026-11-20T05:00:00Z', '4 d ago'],
  ])('%s reads as %s', (time, text) => {
    expect(relativeTime(time, now)).toBe(text);
  });

  it('is exact in UTC and on the reader’s clock', () => {
    const [utc, local] = exactTime('2026-11-24T05:59:15.123Z', 'en-GB', 'Europe/Berlin').split('\n');
    expect(utc).toBe('2026-11-24 05:59:15.123 UTC');
    expect(local).toContain('06:59:15');
  });

  it('that is none stays as it came', () => {
    expect(exactTime('soon')).toBe('soon');
  });

  it('has a length in one unit', () => {
    expect([0, 59_400, 60_000, 86_400_000].map(lengthOf)).toEqual(['0 s', '59 s', '1 min', '1 d']);
  });
});

describe("a text of the app's", () => {
  const nowMs = Date.parse('2026-11-24T08:00:00Z');

  it('has its times as people read them, with the day when it is another one', () => {
    const text = 'Left alone until 2026-11-24T08:30:05.123Z. Looked at again by 2026-11-25T06:00:00Z.';
    expect(withClockTimes(text, nowMs)).toBe(
      'Left alone until 08:30:05 UTC. Looked at again by 2026-11-25 06:00:00 UTC.',
    );
  });

  it('is left as it is otherwise', () => {
    const text = 'Paused by Anna: 2026-11-24, ticket T08';
    expect(withClockTimes(text, nowMs)).toBe(text);
  });
});
