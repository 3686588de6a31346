/**
 * Times as .NET writes them into a history: ISO 8601 in UTC with up to seven decimals of a second (ticks of 100 ns).
 * Whole milliseconds are computed with `Date`; the finer decimals are carried along unchanged, as adding a `TimeSpan`
 * of whole milliseconds does.
 */
const partsOf = (time: string): { ms: number; finer: string } => {
  const dot = time.indexOf('.');
  const decimals = dot < 0 ? '' : time.slice(dot + 1, -1);
  return { ms: Date.parse(time), finer: decimals.slice(3).padEnd(4, '0') };
};

/** Milliseconds since 1970, without the finer decimals. */
export const toMs = (time: string): number => Date.parse(time);

const trailingZeros = /\.?0+Z$/;

/** .NET leaves out decimals that are zero. */
export const trimmed = (time: string): string =>
  time.endsWith('0Z') && time.includes('.') ? time.replace(trailingZeros, 'Z') : time;

export const fromMs = (ms: number): string => trimmed(new Date(ms).toISOString());

/** `time` plus `ms` milliseconds (rounded to whole ones). */
export const addMs = (time: string, ms: number): string => {
  const { ms: start, finer } = partsOf(time);
  const sum = new Date(start + Math.round(ms)).toISOString();
  return trimmed(finer === '0000' ? sum : `${sum.slice(0, -1)}${finer}Z`);
};

/** Negative when `a` is before `b`, 0 when equal, to the tick. */
export const compareTimes = (a: string, b: string): number => {
  const left = partsOf(a);
  const right = partsOf(b);
  return left.ms - right.ms || Number(left.finer) - Number(right.finer);
};

/** How far `a` lies after `b`, in milliseconds (with decimals). */
export const msBetween = (a: string, b: string): number => {
  const left = partsOf(a);
  const right = partsOf(b);
  return left.ms - right.ms + (Number(left.finer) - Number(right.finer)) / 10_000;
};

/** Whole seconds, as the HTTP API writes `createdTime` and `lastUpdatedTime`. */
export const wholeSeconds = (time: string): string => `${time.slice(0, 19)}Z`;
