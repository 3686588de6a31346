/**
 * A double as .NET writes it: the shortest text that reads back to the same number, with an exponent of at least two
 * digits from 1E+15 up and below 0.0001 (`1E+300`, `5E-324`, `1E-05`), `INF`, `-INF`, `NaN`, and `-0`.
 */
export const doubleText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e15) return String(value);
  if (size === 0) return '0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  const sign = power < 0 ? '-' : '+';
  return `${digits}E${sign}${String(Math.abs(power)).padStart(2, '0')}`;
};

/** Reads what `doubleText` writes, and any other number text; undefined for anything else. */
export const parseDouble = (text: string): number | undefined => {
  if (text === 'INF') return Number.POSITIVE_INFINITY;
  if (text === '-INF') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  return /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
};
