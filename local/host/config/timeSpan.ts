const pattern = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

/** A .NET TimeSpan (`[d.]hh:mm[:ss[.fffffff]]`) in milliseconds; undefined when it is none. */
export const parseTimeSpan = (text: string): number | undefined => {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  const ms =
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 +
    Number(seconds) * 1000 +
    Math.trunc(Number(`0.${fraction}`) * 1000);
  return sign === undefined ? ms : -ms;
};

/** @throws Error naming what the text was for. */
export const timeSpanMs = (text: string, what: string): number => {
  const ms = parseTimeSpan(text);
  if (ms === undefined || ms <= 0) throw new Error(`${what} is not a time span like "00:05:00": "${text}".`);
  return ms;
};
