/**
 * Reads a date as Dataverse writes it into JSON; undefined when the text is none of the known forms.
 *
 * - `/Date(ms)/`: UTC.
 * - `/Date(ms+hhmm)/`: asynchronous steps shift the number by the printed offset the other way, so UTC is the number
 *   plus the offset (two captures show exactly this difference between OperationCreatedOn and modifiedon).
 * - ISO 8601, from serializers set to that format.
 */
export const readDataverseDate = (text: string): Date | undefined => {
  const parts = /^\/Date\((-?\d{1,16})(?:([+-])(\d{2})(\d{2}))?\)\/$/.exec(text);
  const time = parts === null ? isoTime(text) : netTime(parts);
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const netTime = ([, ms, sign, hours, minutes]: RegExpExecArray): number => {
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return Number(ms) + (sign === '-' ? -offset : offset);
};

const isoTime = (text: string): number =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
