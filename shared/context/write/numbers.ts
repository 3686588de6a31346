import { endOf, flags, headOf, kinds, startOf, type Tape } from '../json/tape.ts';

/** What `intAt` answers for a number that is no int; no int has this value. */
export const notInt = Number.POSITIVE_INFINITY;

const plainNumber = (tape: Tape, node: number, without: number): boolean =>
  (headOf(tape, node) & (7 | without)) === kinds.number;

/** A whole number of 32 bits without point and exponent, as .NET tells an int from its text. `-0` is 0. */
export const intAt = (tape: Tape, node: number): number => {
  if (!plainNumber(tape, node, flags.fraction)) return notInt;
  const { bytes } = tape;
  const end = endOf(tape, node);
  let at = startOf(tape, node);
  const negative = bytes[at] === 0x2d;
  if (negative) at += 1;
  if (end - at > 10) return notInt;
  let value = 0;
  for (; at < end; at += 1) value = value * 10 + ((bytes[at] as number) - 0x30);
  if (negative) value = 0 - value;
  return value >= -0x80000000 && value <= 0x7fffffff ? value : notInt;
};

/** A number whose text is a decimal as it stands: at most 15 digits, no exponent, no sign before a leading zero. */
export const isShortDecimal = (tape: Tape, node: number): boolean => {
  if (!plainNumber(tape, node, flags.exponent)) return false;
  const start = startOf(tape, node);
  if (endOf(tape, node) - start > 16) return false;
  return tape.bytes[start] !== 0x2d || tape.bytes[start + 1] !== 0x30;
};

const longBounds = [-(1n << 63n), (1n << 63n) - 1n] as const;

/** A whole number of 64 bits from its text; undefined when it has a point, an exponent, or does not fit. */
export const longOf = (text: string): bigint | undefined => {
  if (!/^-?\d{1,19}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value >= longBounds[0] && value <= longBounds[1] ? value : undefined;
};
