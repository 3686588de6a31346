import { usageError } from '../cliError.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A length of time in its largest unit: `3 min`. */
export const lengthOf = (ms: number): string => {
  const unit = units.find(([, size]) => Math.abs(ms) >= size);
  if (unit === undefined) return `${Math.round(Math.abs(ms))} ms`;
  const [name, size] = unit;
  return `${Math.floor(Math.abs(ms) / size)} ${name}`;
};

/** `3 min ago`, `in 2 h`, `now`; empty for what has no time. */
export const relative = (time: string, nowMs: number): string => {
  const atMs = Date.parse(time);
  if (Number.isNaN(atMs)) return '';
  const awayMs = atMs - nowMs;
  if (Math.abs(awayMs) < 1000) return 'now';
  return awayMs > 0 ? `in ${lengthOf(awayMs)}` : `${lengthOf(awayMs)} ago`;
};

/** `2026-11-24 05:59:30 UTC (3 min ago)`; empty for what has no time. */
export const exact = (time: string, nowMs: number): string =>
  Number.isNaN(Date.parse(time))
    ? ''
    : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC (${relative(time, nowMs)})`;

const isoTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

const sizes: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * A time on the command line: ISO 8601, or a length like `30m`, `2h`, `1d`.
 *
 * @param direction of a length from now: -1 into the past, 1 into the future.
 * @throws usage error for anything else.
 */
export const readTime = (text: string, direction: -1 | 1, nowMs: number): string => {
  if (isoTime.test(text) && !Number.isNaN(Date.parse(text))) return text;
  const [, amount, unit = ''] = /^(\d{1,6})\s?([a-z]+)$/.exec(text) ?? [];
  const size = sizes[unit];
  if (amount === undefined || size === undefined) {
    throw usageError(`"${text}" is no time; say 2026-11-24T08:30:00Z, or a length like 30m, 2h or 1d.`);
  }
  return new Date(nowMs + direction * Number(amount) * size).toISOString();
};
