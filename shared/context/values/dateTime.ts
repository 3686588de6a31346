/**
 * A .NET DateTime: ticks of 100 ns since year 1 of a wall clock, and which clock it was. `utc`: the text ends in `Z`.
 * `unspecified`: nobody knows, the text has no suffix. `local`: the wall clock of some zone, `offsetMinutes` east.
 */
export interface DateTimeParts {
  /** Milliseconds since 1970 of the wall clock, read as if it were UTC. */
  readonly ms: number;
  /** Ticks of 100 ns beyond the millisecond, 0 to 9999. */
  readonly ticks: number;
  readonly kind: 'utc' | 'unspecified' | 'local';
  readonly offsetMinutes: number;
}

export const firstMs = -62135596800000;
export const lastMs = 253402300799999;

const fits = (ms: number): boolean => ms >= firstMs && ms <= lastMs;

/**
 * Reads a date as the JSON serializer writes it. `/Date(ms)/` is UTC. `/Date(ms+hhmm)/` is the wall clock at that
 * offset, and nobody knows of which zone: .NET writes an Unspecified time so, and Dataverse writes OperationCreatedOn so.
 * Undefined when the text is no such date or the date is outside years 1 to 9999.
 */
export const parseJsonDate = (text: string): DateTimeParts | undefined => {
  const match = /^\/Date\((-?\d{1,18})(?:([+-])(\d\d)(\d\d))?\)\/$/.exec(text);
  if (match === null) return undefined;
  const [, number, sign, hours, minutes] = match;
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  const ms = Number(number) + offset * 60_000;
  if (!fits(ms) || !fits(Number(number))) return undefined;
  return { ms, ticks: 0, kind: sign === undefined ? 'utc' : 'unspecified', offsetMinutes: 0 };
};

const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7})\d*)?(Z|[+-]\d\d:\d\d)?$/;

/** Reads a date as XML carries it (ISO 8601, up to 7 places); undefined when the text is none. */
export const parseXmlDate = (text: string): DateTimeParts | undefined => {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const seconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(seconds) || new Date(seconds).toISOString().slice(8, 10) !== day) return undefined;
  const ticks = Number(fraction.padEnd(7, '0'));
  const ms = seconds + Math.floor(ticks / 10_000);
  if (!fits(ms)) return undefined;
  return { ms, ticks: ticks % 10_000, ...zoneOf(zone) };
};

const zoneOf = (zone: string | undefined): Pick<DateTimeParts, 'kind' | 'offsetMinutes'> => {
  if (zone === undefined) return { kind: 'unspecified', offsetMinutes: 0 };
  if (zone === 'Z') return { kind: 'utc', offsetMinutes: 0 };
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return { kind: 'local', offsetMinutes: zone.startsWith('-') ? -minutes : minutes };
};

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

const two = (value: number): string => twoDigits[value] as string;

const msPerDay = 86_400_000;

/** Year, month and day of a count of days since 1970 (Howard Hinnant's civil_from_days; years begin in March). */
const dayText = (days: number): string => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;
};

/** Text of a date in XML: up to 7 places without trailing zeros, and a suffix that tells the kind. */
export const xmlDateText = ({ ms, ticks, kind, offsetMinutes }: DateTimeParts): string => {
  const days = Math.floor(ms / msPerDay);
  const msOfDay = ms - days * msPerDay;
  const seconds = Math.floor(msOfDay / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = fractionText((msOfDay % 1000) * 10_000 + ticks);
  return `${dayText(days)}T${time}${fraction}${suffix(kind, offsetMinutes)}`;
};

const fractionText = (ticks: number): string =>
  ticks === 0 ? '' : `.${String(ticks).padStart(7, '0').replace(/0+$/, '')}`;

const suffix = (kind: DateTimeParts['kind'], offsetMinutes: number): string => {
  if (kind === 'unspecified') return '';
  if (kind === 'utc') return 'Z';
  return zoneText(offsetMinutes, ':');
};

const zoneText = (offsetMinutes: number, between: string): string => {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(size % 60)}`;
};

/** Text of a date in JSON, whose clock has milliseconds: finer ticks are cut. */
export const jsonDateText = ({ ms, kind, offsetMinutes }: DateTimeParts): string => {
  if (kind === 'utc') return `/Date(${ms})/`;
  return `/Date(${ms - offsetMinutes * 60_000}${zoneText(offsetMinutes, '')})/`;
};
