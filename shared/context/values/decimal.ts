/**
 * A .NET decimal: `(negative ? -1 : 1) * mantissa / 10 ** scale`, the mantissa below 2 ** 96 and the scale 0 to 28.
 * The scale is part of the value: 1.0 and 1.00 are equal, but each is written as it came.
 */
export interface Decimal {
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly scale: number;
}

const largest = (1n << 96n) - 1n;
const mostDigits = 29;
const mostScale = 28;

/** Sign, digits without leading zeros, and the exponent of ten of the last digit. */
const parts = (text: string): { negative: boolean; digits: string; exponent: number } | undefined => {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  return {
    negative: sign === '-',
    digits: (whole + fraction).replace(/^0+/, ''),
    exponent: Number(exponent) - fraction.length,
  };
};

/**
 * Reads a number as .NET's decimal.Parse does: the scale is kept, digits beyond what fits are rounded half to even.
 * Undefined when the text is no number or too large. A tiny number becomes zero with 28 places.
 */
export const parseDecimal = (text: string): Decimal | undefined => {
  const number = parts(text);
  if (number === undefined) return undefined;
  const { negative, digits, exponent } = number;
  if (digits === '') {
    return { negative, mantissa: 0n, scale: Math.min(Math.max(-exponent, 0), mostScale) };
  }
  if (digits.length + exponent > mostDigits) return undefined;
  if (exponent > 0) return fit(negative, digits + '0'.repeat(exponent), 0);
  return fit(negative, digits, -exponent);
};

/** Drops as many digits after the point as it takes to fit both bounds. */
const fit = (negative: boolean, digits: string, scale: number): Decimal | undefined => {
  let dropped = Math.max(scale - mostScale, digits.length - mostDigits, 0);
  for (; dropped <= scale; dropped += 1) {
    const mantissa = roundHalfEven(digits, dropped);
    if (mantissa <= largest) {
      const places = scale - dropped;
      return { negative, mantissa, scale: Math.min(places, mostScale) };
    }
  }
  return undefined;
};

const roundHalfEven = (digits: string, dropped: number): bigint => {
  if (dropped === 0) return BigInt(digits);
  if (dropped > digits.length) return 0n;
  const kept = BigInt(digits.slice(0, digits.length - dropped) || '0');
  const tail = digits.slice(digits.length - dropped);
  const half = `5${'0'.repeat(dropped - 1)}`;
  const up = tail > half || (tail === half && (kept & 1n) === 1n);
  return up ? kept + 1n : kept;
};

/** The text that XML carries: no exponent, as many places as the scale says. */
export const decimalText = ({ negative, mantissa, scale }: Decimal): string => {
  const digits = mantissa.toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = negative && mantissa !== 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(digits.length - scale)}`;
};
