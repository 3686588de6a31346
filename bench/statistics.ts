const sorted = (values: readonly number[]): number[] => [...values].sort((one, other) => one - other);

/** The value below which the share `q` of the values lies; 0 for none. */
export const quantile = (values: readonly number[], q: number): number => {
  const ordered = sorted(values);
  return ordered[Math.min(ordered.length - 1, Math.floor(q * ordered.length))] ?? 0;
};

export const median = (values: readonly number[]): number => {
  const ordered = sorted(values);
  const middle = Math.floor(ordered.length / 2);
  const [low = 0, high = 0] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[middle]];
  return (low + high) / 2;
};

/** "median (lowest to highest)", rounded to `digits`. */
export const withRange = (values: readonly number[], digits: number): string => {
  const ordered = sorted(values);
  const [low = 0, high = 0] = [ordered[0], ordered.at(-1)];
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
};
