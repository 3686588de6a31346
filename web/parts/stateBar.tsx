import type { JSX } from 'preact';
import { addressOf } from '../model/address.ts';
import { formatFilter, type JobFilter } from '../model/filter.ts';
import { displays } from '../model/jobs.ts';
import { countersOf, type Counter } from '../model/stateBar.ts';
import { usePage } from '../state/page.ts';
import { Sign } from './icon.tsx';

const CounterLink = ({ counter, current }: { counter: Counter; current: boolean }): JSX.Element => {
  const { display, count, unit, filter } = counter;
  const { label, tone } = displays[display];
  return (
    <a
      class={`counter tone-${tone}${count === 0 ? ' zero' : ''}`}
      href={addressOf({ view: 'jobs', filter: current ? {} : filter })}
      aria-current={current ? 'true' : undefined}
    >
      {count === undefined ? null : <span class="counter-count">{count.toLocaleString('en')}</span>}
      <span class="counter-label">
        <Sign display={display} />
        {label}
        {unit === '' ? null : <span class="counter-unit">{unit}</span>}
      </span>
    </a>
  );
};

/** Counts by state; each is a link to the jobs that it counts. */
export const StateBar = ({ filter }: { filter?: JobFilter }): JSX.Element => {
  const { summary } = usePage();
  const shown = filter === undefined ? undefined : formatFilter(filter);
  return (
    <nav class="state-bar" aria-label="Jobs by state">
      {countersOf(summary.value).map((counter) => (
        <CounterLink
          key={counter.display}
          counter={counter}
          current={shown !== undefined && shown === formatFilter(counter.filter)}
        />
      ))}
    </nav>
  );
};
