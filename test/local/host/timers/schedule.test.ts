import { describe, expect, it } from 'vitest';
import { checkPastDue, initialStatus, NEVER, statusAfterRun } from '../../../../local/host/timers/monitor.ts';
import { isShorterThanAMinute, parseSchedule } from '../../../../local/host/timers/schedule.ts';

/** A moment in the machine's time zone, as schedules are. */
const local = (...parts: [number, number, number, number, number, number]): number =>
  new Date(...parts).getTime();
const start = local(2026, 0, 5, 10, 2, 30); // a Monday

const next = (text: string, afterMs = start): Date | undefined => {
  const ms = parseSchedule(text).next(afterMs);
  return ms === undefined ? undefined : new Date(ms);
};

describe('a schedule', () => {
  it.each([
    ['0 */5 * * * *', local(2026, 0, 5, 10, 5, 0)],
    ['*/10 * * * * *', local(2026, 0, 5, 10, 2, 40)],
    ['30 2 10 * * *', local(2026, 0, 6, 10, 2, 30)],
    ['0 0 9-17 * * 1-5', local(2026, 0, 5, 11, 0, 0)],
    ['0 30 9 * Feb Tue', local(2026, 1, 3, 9, 30, 0)],
    ['0 0 0 1 * 5', local(2026, 4, 1, 0, 0, 0)],
    ['0 0 12 * * 0', local(2026, 0, 11, 12, 0, 0)],
    ['15 11 * * *', local(2026, 0, 5, 11, 15, 0)],
    ['00:01:30', local(2026, 0, 5, 10, 4, 0)],
    ['1.00:00:00', local(2026, 0, 6, 10, 2, 30)],
  ])('%s', (text, expected) => {
    expect(next(text)?.getTime()).toBe(expected);
  });

  it.each([
    '',
    'every day',
    '@daily',
    '0 0 0 L * *',
    '0 0 0 * * MON#1',
    '60 * * * * *',
    '* * * *',
    '0 0 0 0 0 0 0',
  ])('refuses %s', (text) => {
    expect(() => parseSchedule(text)).toThrow(`"${text}" is not a schedule`);
  });

  it('below a minute is not monitored', () => {
    expect(isShorterThanAMinute(parseSchedule('*/10 * * * * *'), start)).toBe(true);
    expect(isShorterThanAMinute(parseSchedule('0 * * * * *'), start)).toBe(false);
  });
});

describe('the schedule monitor', () => {
  const hourly = parseSchedule('0 0 * * * *');
  const hour = 3_600_000;

  it('starts without a last run', () => {
    expect(checkPastDue(hourly, undefined, start)).toEqual({
      isPastDue: false,
      status: {
        last: NEVER,
        next: new Date(local(2026, 0, 5, 11, 0, 0)).toISOString(),
        lastUpdated: new Date(start).toISOString(),
      },
    });
  });

  it('finds a missed run past due', () => {
    const stored = initialStatus(hourly, start);
    expect(checkPastDue(hourly, stored, start + 60_000)).toEqual({ status: stored, isPastDue: false });
    expect(checkPastDue(hourly, stored, start + hour)).toEqual({ status: stored, isPastDue: true });
  });

  it('takes a changed schedule over, which is never past due at once', () => {
    const stored = initialStatus(hourly, start);
    const daily = parseSchedule('0 0 12 * * *');
    const changed = checkPastDue(daily, stored, start + 60_000);
    expect(changed.isPastDue).toBe(false);
    expect(changed.status.next).toBe(new Date(local(2026, 0, 5, 12, 0, 0)).toISOString());
    const late = checkPastDue(daily, stored, start + 48 * hour);
    expect(late.isPastDue).toBe(false);
    expect(late.status.next).toBe(new Date(local(2026, 0, 7, 12, 0, 0)).toISOString());
  });

  it('counts from the due time when a run came a little early', () => {
    const before = initialStatus(hourly, start);
    const dueMs = Date.parse(before.next);
    expect(statusAfterRun(hourly, before, dueMs - 500, true).next).toBe(new Date(dueMs + hour).toISOString());
    expect(statusAfterRun(hourly, before, start, false).next).toBe(before.next);
  });
});
