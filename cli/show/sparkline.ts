const bars = '▁▂▃▄▅▆▇█';

/** One bar for each count, the highest one for the largest; a dot for none. */
export const sparkline = (counts: readonly number[]): string => {
  const most = Math.max(1, ...counts);
  return counts
    .map((count) => (count <= 0 ? '·' : (bars[Math.ceil((count / most) * bars.length) - 1] ?? '·')))
    .join('');
};
