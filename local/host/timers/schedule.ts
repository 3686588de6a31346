import { Cron } from 'croner';
import { parseTimeSpan } from '../config/timeSpan.ts';

/** When a timer-triggered function runs. */
export interface Schedule {
  /** The first occurrence after a time, both in milliseconds; undefined when there is none. */
  next(afterMs: number): number | undefined;
}

const NAMES = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat';
const field = new RegExp(`^(?:[\\d*,/-]|${NAMES})+$`, 'i');

/** NCRONTAB has five or six fields and none of the extensions of other dialects (`L`, `W`, `#`, `@daily`). */
const isNcrontab = (expression: string): boolean => {
  const fields = expression.trim().split(/\s+/);
  return (fields.length === 5 || fields.length === 6) && fields.every((text) => field.test(text));
};

const everyInterval = (intervalMs: number): Schedule => ({ next: (afterMs) => afterMs + intervalMs });

const cronSchedule = (expression: string): Schedule => {
  const cron = new Cron(expression, { domAndDow: true, paused: true });
  return { next: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() };
};

/**
 * Reads the schedule of a timer trigger: NCRONTAB with or without seconds, or a time span between runs. Days of
 * month and of week must both fit, as in NCrontab. Times are those of the machine's time zone.
 *
 * @throws Error naming the text when it is neither.
 */
export const parseSchedule = (text: string): Schedule => {
  const intervalMs = parseTimeSpan(text);
  if (intervalMs !== undefined && intervalMs > 0) return everyInterval(intervalMs);
  if (!isNcrontab(text)) throw new Error(`"${text}" is not a schedule: expected six NCRONTAB fields.`);
  try {
    return cronSchedule(text);
  } catch (error) {
    throw new Error(`"${text}" is not a schedule: ${(error as Error).message}`, { cause: error });
  }
};

/** The monitor is off for schedules shorter than a minute. Source: the timer extension's TimerSchedule. */
export const isShorterThanAMinute = (schedule: Schedule, nowMs: number): boolean => {
  const first = schedule.next(nowMs);
  const second = first === undefined ? undefined : schedule.next(first);
  return first !== undefined && second !== undefined && second - first < 60_000;
};
