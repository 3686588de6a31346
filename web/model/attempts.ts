import type { Attempt } from '../api/jobDetail.ts';
import type { Tone } from './jobs.ts';

/** How an attempt ended, in words and tone. */
export const attemptOutcomes: Readonly<
  Record<Attempt['outcome'], { readonly label: string; readonly tone: Tone }>
> = {
  delivered: { label: 'Delivered', tone: 'good' },
  retry: { label: 'Failed, is retried', tone: 'caution' },
  suspend: { label: 'Failed, waits for a person', tone: 'caution' },
  fail: { label: 'Failed for good', tone: 'bad' },
};

/** "12 ms", "1.4 s". */
export const durationText = (durationMs: number): string =>
  durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;

/** What people ask of a job, in the past tense of the timeline. */
export const askedWords: Readonly<Record<string, string>> = {
  retry: 'asked for a retry',
  resume: 'resumed it',
  pause: 'asked for a pause',
  postpone: 'postponed it',
  cancel: 'asked to cancel it',
  seePayload: 'looked at the payload',
};

/** "14:03:05 UTC", with the day when it is not today's. */
export const clockTime = (time: string, nowMs: number): string => {
  const [day = '', clock = ''] = time.split('T');
  const short = `${clock.slice(0, 8)} UTC`;
  return new Date(nowMs).toISOString().startsWith(day) ? short : `${day} ${short}`;
};

const instant = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A text of the app with its times as people read them: "until 14:03:05 UTC". */
export const withClockTimes = (text: string, nowMs: number): string =>
  text.replaceAll(instant, (time) => clockTime(time, nowMs));
