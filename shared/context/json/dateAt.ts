import { firstMs, lastMs, parseJsonDate, type DateTimeParts } from '../values/dateTime.ts';
import { jsonText } from './jsonText.ts';
import { endOf, startOf, type Tape } from './tape.ts';

const slash = 0x2f;
const backslash = 0x5c;
const opening = Buffer.from('/Date(', 'latin1');

/**
 * The date that a string node is, or undefined. Most dates are `/Date(ms)/`, with the slashes escaped or not, and are
 * read from their bytes; all others go through `parseJsonDate`.
 */
export const dateAt = (tape: Tape, node: number): DateTimeParts | undefined => {
  const { bytes } = tape;
  const end = endOf(tape, node);
  let at = startOf(tape, node);
  // `/Date(0)/` has 9 characters.
  if (end - at < 9 || end - at > 64 || bytes[end - 1] !== slash) return undefined;
  if (bytes[at] === backslash) at += 1;
  if (bytes[at] !== slash) return undefined;
  for (let index = 1; index < opening.length; index += 1) {
    if (bytes[at + index] !== opening[index]) return parseJsonDate(jsonText(tape, node));
  }
  const last = end - (bytes[end - 2] === backslash ? 3 : 2);
  const ms = bytes[last] === 0x29 ? digitsAt(bytes, at + opening.length, last) : Number.NaN;
  if (ms >= firstMs && ms <= lastMs) return { ms, ticks: 0, kind: 'utc', offsetMinutes: 0 };
  return parseJsonDate(jsonText(tape, node));
};

/** A whole number of at most 15 digits; NaN when the bytes are anything else. */
const digitsAt = (bytes: Uint8Array, start: number, end: number): number => {
  const negative = bytes[start] === 0x2d;
  const first = negative ? start + 1 : start;
  if (first >= end || end - first > 15) return Number.NaN;
  let value = 0;
  for (let at = first; at < end; at += 1) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
};
