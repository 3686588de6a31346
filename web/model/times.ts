const units = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3600, name: 'h' },
  { seconds: 60, name: 'min' },
  { seconds: 1, name: 's' },
] as const;

/** A length of time in one unit: "45 s", "12 min", "3 h", "2 d". */
export const lengthOf = (milliseconds: number): string => {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const unit = units.find((each) => seconds >= each.seconds);
  return unit === undefined ? '0 s' : `${Math.floor(seconds / unit.seconds)} ${unit.name}`;
};

/** A time as seen from now: "3 min ago", "in 12 s", "now". */
export const relativeTime = (time: string, nowMs: number): string => {
  const distanceMs = Date.parse(time) - nowMs;
  if (Math.abs(distanceMs) < 1000) return 'now';
  return distanceMs > 0 ? `in ${lengthOf(distanceMs)}` : `${lengthOf(distanceMs)} ago`;
};

/** A time exactly, in UTC and on the reader's clock. */
export const exactTime = (time: string, locale?: string, timeZone?: string): string => {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const local = date.toLocaleString(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return `${date.toISOString().replace('T', ' ').replace('Z', ' UTC')}\n${local} here`;
};
