import type { JSX } from 'preact';
import type { HourView } from '../api/endpoints.ts';
import { barsOf, barsText } from '../model/bars.ts';

const step = 10;
const width = 7;

const titleOf = ({ hour, attempts, failures, p95Ms }: HourView): string =>
  `${hour.slice(11, 16)} UTC: ${attempts} attempts, ${failures} failed${p95Ms === null ? '' : `, 95 % within ${p95Ms} ms`}`;

/** The last 24 hours: attempts as bars with the failed part at the foot, p95 as a line of dots above them. */
export const Hours = ({ hours }: { hours: readonly HourView[] }): JSX.Element => (
  <svg
    class="hours"
    viewBox={`0 0 ${Math.max(1, hours.length) * step} 100`}
    preserveAspectRatio="none"
    role="img"
    aria-label={barsText(hours)}
  >
    {barsOf(hours).map((bar, index) => {
      const x = index * step + 1;
      const hour = hours[index];
      return (
        <g key={bar.hour}>
          {hour === undefined ? null : <title>{titleOf(hour)}</title>}
          <rect class="ground" x={x} y={0} width={width} height={100} />
          <rect class="delivered" x={x} y={bar.deliveredY} width={width} height={bar.deliveredHeight} />
          <rect class="failed" x={x} y={bar.failedY} width={width} height={bar.failedHeight} />
          {bar.p95Y === undefined ? null : <rect class="p95" x={x} y={bar.p95Y} width={width} height={3} />}
        </g>
      );
    })}
  </svg>
);
