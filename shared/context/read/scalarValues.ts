import type { ContextErrorCode } from '../contextError.ts';
import type { DateTimeValue } from '../executionContext.ts';
import { parseXmlDate, xmlDateText, type DateTimeParts } from '../values/dateTime.ts';
import { decimalText, parseDecimal } from '../values/decimal.ts';
import { parseDouble } from '../values/double.ts';
import { parseGuid } from '../values/guid.ts';

/** Throws with the path of what is being read. */
export type Refuse = (code: ContextErrorCode, detail: string) => never;

export const readInt = (text: string, refuse: Refuse): number => {
  const value = /^[+-]?\d{1,10}$/.test(text) ? Number(text) + 0 : Number.NaN;
  return value >= -0x80000000 && value <= 0x7fffffff
    ? value
    : refuse('NumberOutOfRange', `is "${text}", not an int`);
};

export const readLong = (text: string, refuse: Refuse): bigint => {
  const value = /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
  if (value === undefined || BigInt.asIntN(64, value) !== value) {
    return refuse('NumberOutOfRange', `is "${text}", not a long`);
  }
  return value;
};

/** The decimal's own text: sign, digits and places as they are kept. */
export const readDecimal = (text: string, refuse: Refuse): string => {
  const decimal = parseDecimal(text);
  return decimal === undefined
    ? refuse('NumberOutOfRange', `is "${text}", not a decimal`)
    : decimalText(decimal);
};

export const readDouble = (text: string, refuse: Refuse): number =>
  parseDouble(text) ?? refuse('NumberOutOfRange', `is "${text}", not a double`);

export const readBoolean = (text: string, refuse: Refuse): boolean => {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : refuse('ValueInvalid', `is "${text}", not a boolean`);
};

export const readGuid = (text: string, refuse: Refuse): string =>
  parseGuid(text) ?? refuse('ValueInvalid', `is "${text}", not a guid`);

export const readBytes = (text: string, refuse: Refuse): Uint8Array => {
  const bare = text.replace(/[ \t\r\n]/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(bare)
    ? new Uint8Array(Buffer.from(bare, 'base64'))
    : refuse('ValueInvalid', 'is not base64');
};

export const readDate = (text: string, refuse: Refuse): DateTimeValue => {
  const date = parseXmlDate(text);
  return date === undefined ? refuse('ValueInvalid', `is "${text}", not a date`) : dateValue(date);
};

export const dateValue = (date: DateTimeParts): DateTimeValue => ({
  type: 'dateTime',
  value: xmlDateText({ ...date, kind: 'unspecified' }),
  kind: date.kind,
  offsetMinutes: date.offsetMinutes,
});

export const datePartsOf = ({ value, kind, offsetMinutes }: DateTimeValue): DateTimeParts | undefined => {
  const date = parseXmlDate(value);
  return date === undefined ? undefined : { ...date, kind, offsetMinutes };
};
