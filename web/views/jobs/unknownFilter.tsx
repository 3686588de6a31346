import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import { notAFilter, type JobFilter } from '../../model/filter.ts';
import { State } from '../../parts/states.tsx';

interface UnknownFilterProps {
  readonly names: readonly string[];
  /** What of the address can be read. */
  readonly filter: JobFilter;
}

/** An address with a filter that there is not: jobs that nobody asked for would stand under it. */
export const UnknownFilter = ({ names, filter }: UnknownFilterProps): JSX.Element => (
  <State title="The address has a filter that there is not" alone>
    {names.map((name) => (
      <p key={name}>{notAFilter(name)}</p>
    ))}
    <p>
      <a href={addressOf({ view: 'jobs', filter })}>Show the jobs without it</a>
    </p>
  </State>
);
