import type { HourView } from '../api/endpoints.ts';

/** A bar of a drawing 100 high; y counts from the top. */
export interface Bar {
  readonly hour: string;
  readonly deliveredY: number;
  readonly deliveredHeight: number;
  readonly failedY: number;
  readonly failedHeight: number;
  /** Place of the p95, on a scale of its own; undefined when there was none. */
  readonly p95Y: number | undefined;
}

/** Something is seen of whatever is not nothing. */
const least = 2;

const share = (value: number, most: number): number =>
  value === 0 ? 0 : Math.max(least, Math.round((value / most) * 1000) / 10);

const most = (values: readonly number[]): number => Math.max(1, ...values);

/** Bars of attempts, the failed part at the foot, and the p95 above, each on the scale of its greatest value. */
export const barsOf = (hours: readonly HourView[]): readonly Bar[] => {
  const mostAttempts = most(hours.map(({ attempts }) => attempts));
  const slowestMs = most(hours.map(({ p95Ms }) => p95Ms ?? 0));
  return hours.map(({ hour, attempts, failures, p95Ms }) => {
    const failedHeight = share(Math.min(failures, attempts), mostAttempts);
    const deliveredHeight = Math.min(
      share(Math.max(0, attempts - failures), mostAttempts),
      100 - failedHeight,
    );
    return {
      hour,
      failedY: 100 - failedHeight,
      failedHeight,
      deliveredY: 100 - failedHeight - deliveredHeight,
      deliveredHeight,
      p95Y: p95Ms === null ? undefined : 100 - share(p95Ms, slowestMs),
    };
  });
};

/** The same in words, for those who do not see the bars. */
export const barsText = (hours: readonly HourView[]): string => {
  const attempts = hours.reduce((sum, hour) => sum + hour.attempts, 0);
  const failures = hours.reduce((sum, hour) => sum + hour.failures, 0);
  if (attempts === 0) return 'No attempts in the last 24 hours.';
  const slowest = Math.max(...hours.map(({ p95Ms }) => p95Ms ?? 0));
  return `${attempts} attempts in the last 24 hours, ${failures} of them failed; slowest hour: 95 % within ${slowest} ms.`;
};
