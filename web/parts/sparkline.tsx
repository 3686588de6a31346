import type { JSX } from 'preact';

const height = 24;
const step = 7;

/** Counts as bars, oldest first; `label` says the same to who does not see it. */
export const Sparkline = ({ counts, label }: { counts: readonly number[]; label: string }): JSX.Element => {
  const most = Math.max(1, ...counts);
  return (
    <svg class="sparkline" viewBox={`0 0 ${counts.length * step} ${height}`} role="img" aria-label={label}>
      {counts.map((count, index) => {
        const size = count === 0 ? 1.5 : Math.max(3, (count / most) * height);
        const kind = count === 0 ? 'bar empty' : 'bar';
        return (
          <rect key={index} class={kind} x={index * step} y={height - size} width={5} height={size} rx={1} />
        );
      })}
    </svg>
  );
};
