import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import {
  chipsOf,
  isEmptyFilter,
  readTerms,
  withoutTerm,
  writeTerms,
  type JobFilter,
} from '../../model/filter.ts';
import { Icon } from '../../parts/icon.tsx';
import { TextField, valueOf } from '../../parts/textField.tsx';
import { useKeys } from '../../state/useKeys.ts';
import { go } from '../../state/usePlace.ts';
import { SavedViewsBar } from './savedViews.tsx';

const show = (filter: JobFilter): void => go({ view: 'jobs', filter });

const Chips = ({ filter }: { filter: JobFilter }): JSX.Element => (
  <ul class="filter-chips" aria-label="Filters">
    {chipsOf(filter).map(({ name, label, value }) => (
      <li key={name} class="filter-chip">
        <span>
          {label}
          {value === '' ? null : (
            <>
              : <strong>{value}</strong>
            </>
          )}
        </span>
        <button
          type="button"
          aria-label={`Remove the filter ${label} ${value}`}
          onClick={() => show(withoutTerm(filter, name))}
        >
          <Icon name="close" />
        </button>
      </li>
    ))}
    <li>
      <button type="button" class="text-button" onClick={() => show({})}>
        Clear all
      </button>
    </li>
  </ul>
);

/** The filters: chips, and a row of text for who knows what to write. Both stand in the address. */
export const FilterBar = ({ filter }: { filter: JobFilter }): JSX.Element => {
  const field = useRef<HTMLElement>(null);
  const [fault, setFault] = useState('');
  useKeys({ '/': () => field.current?.focus() });
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = readTerms(valueOf(field));
    setFault(read.kind === 'faulty' ? read.fault : '');
    if (read.kind === 'read') show(read.filter);
  };
  const text = writeTerms(filter);
  return (
    <div class="filter-bar">
      <form role="search" onSubmit={submit}>
        <TextField
          key={text}
          label="Filters as text"
          quiet
          field={field}
          value={text}
          placeholder="status:Failed endpoint:orders code:Busy"
          start={<Icon name="search" slot="start" />}
          onEnter={submit}
        />
      </form>
      <p id="filter-fault" class="fault" role="alert">
        {fault}
      </p>
      {isEmptyFilter(filter) ? null : <Chips filter={filter} />}
      <SavedViewsBar filter={filter} />
    </div>
  );
};
