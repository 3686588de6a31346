import type { ScheduleStatus } from '../store/records.ts';
import type { Schedule } from './schedule.ts';

/** What a timer that never ran has for `Last`: .NET's earliest date. */
export const NEVER = '0001-01-01T00:00:00+00:00';

const iso = (ms: number): string => new Date(ms).toISOString();

const nextOf = (schedule: Schedule, afterMs: number): string =>
  iso(schedule.next(afterMs) ?? 8_640_000_000_000_000);

export const initialStatus = (schedule: Schedule, nowMs: number): ScheduleStatus => ({
  last: NEVER,
  next: nextOf(schedule, nowMs),
  lastUpdated: iso(nowMs),
});

/** A run may come a little early; the next one is then counted from when it was due, so that it is not due twice. */
export const statusAfterRun = (
  schedule: Schedule,
  before: ScheduleStatus,
  startedMs: number,
  isScheduled: boolean,
): ScheduleStatus => {
  const dueMs = Date.parse(before.next);
  const runMs = isScheduled && dueMs > startedMs ? dueMs : startedMs;
  return { last: iso(runMs), next: nextOf(schedule, runMs), lastUpdated: iso(runMs) };
};

/** The time from which the stored `next` was computed. */
const basisMs = ({ last, lastUpdated }: ScheduleStatus): number =>
  Date.parse(last === NEVER ? lastUpdated : last);

export interface Checked {
  readonly status: ScheduleStatus;
  /** A run was missed while the host was not there. */
  readonly isPastDue: boolean;
}

/**
 * Compares what was stored with the schedule: a changed schedule is taken over (and never past due at once), a missed
 * run is past due. Source: the timer extension's ScheduleMonitor.
 */
export const checkPastDue = (
  schedule: Schedule,
  stored: ScheduleStatus | undefined,
  nowMs: number,
): Checked => {
  if (stored === undefined) return { status: initialStatus(schedule, nowMs), isPastDue: false };
  const expected = nextOf(schedule, basisMs(stored));
  if (expected === stored.next) return { status: stored, isPastDue: nowMs > Date.parse(stored.next) };
  if (nowMs > Date.parse(expected)) return { status: initialStatus(schedule, nowMs), isPastDue: false };
  const lastUpdated = iso(basisMs(stored));
  return { status: { last: NEVER, next: expected, lastUpdated }, isPastDue: false };
};
