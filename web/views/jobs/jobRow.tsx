import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import { withTerm, type FilterName, type JobFilter } from '../../model/filter.ts';
import type { Row } from '../../model/jobList.ts';
import { displayOf, lastErrorOf, nextAttemptOn, shortId, subjectOf } from '../../model/jobs.ts';
import { StatusChip } from '../../parts/statusChip.tsx';
import { Time } from '../../parts/time.tsx';
import { go } from '../../state/usePlace.ts';

interface FilterCellProps {
  readonly filter: JobFilter;
  readonly name: FilterName;
  readonly value: string;
  readonly title: string;
  readonly children: JSX.Element | string;
}

/** A value that a click makes a filter. Not in the tab order: 50 rows of them; `/` does the same by keyboard. */
const FilterCell = ({ filter, name, value, title, children }: FilterCellProps): JSX.Element => (
  <button
    type="button"
    class="filter-cell"
    tabIndex={-1}
    title={title}
    onClick={() => go({ view: 'jobs', filter: withTerm(filter, name, value) })}
  >
    {children}
  </button>
);

interface JobRowProps {
  readonly row: Row;
  readonly filter: JobFilter;
  readonly selected: boolean;
  readonly select: (range: boolean) => void;
}

const Error = ({ row: { job }, filter }: Pick<JobRowProps, 'row' | 'filter'>): JSX.Element => {
  const text = lastErrorOf(job);
  if (text === '' || job.code === null) return <span class="none">–</span>;
  return (
    <FilterCell filter={filter} name="code" value={job.code} title={`${text}\nOnly this error: ${job.code}`}>
      <span class="one-line">{text}</span>
    </FilterCell>
  );
};

/** One job. */
export const JobRow = ({ row, filter, selected, select }: JobRowProps): JSX.Element => {
  const { job, left } = row;
  const record = job.regardingObjectId;
  return (
    <tr role="row" data-id={job.id} class={left ? 'left' : ''} aria-selected={selected}>
      <td role="cell" class="cell-check">
        <input
          type="checkbox"
          aria-label={`Select ${job.name} ${shortId(job.id)}`}
          checked={selected}
          onClick={(event) => select(event.shiftKey)}
        />
      </td>
      <td role="cell" class="cell-status" data-label="Status">
        <FilterCell
          filter={filter}
          name="status"
          value={job.status}
          title={`${job.friendlyMessage}\nOnly this status`}
        >
          <StatusChip display={displayOf(job)} />
        </FilterCell>
      </td>
      <th scope="row" role="rowheader" class="cell-name" data-label="Name">
        <a class="row-link" href={addressOf({ view: 'job', id: job.id, tab: '' })} title={job.name}>
          {job.name}
        </a>
        {left ? <span class="hint left-note">no longer matches</span> : null}
      </th>
      <td role="cell" class="cell-record" data-label="Record">
        <FilterCell
          filter={filter}
          name="record"
          value={record}
          title={`${subjectOf(job)}\n${record}\nOnly this record`}
        >
          <>
            <span class="one-line">{job.primaryEntityType}</span> <code>{shortId(record)}</code>
          </>
        </FilterCell>
      </td>
      <td role="cell" class="cell-endpoint" data-label="Endpoint">
        <FilterCell
          filter={filter}
          name="endpoint"
          value={job.endpoint}
          title={`${job.endpoint}\nOnly this endpoint`}
        >
          <span class="one-line">{job.endpoint}</span>
        </FilterCell>
      </td>
      <td role="cell" class="cell-time" data-label="Created">
        <Time at={job.createdOn} />
      </td>
      <td role="cell" class="cell-time" data-label="Last change">
        <Time at={job.modifiedOn} />
      </td>
      <td role="cell" class="cell-time" data-label="Next attempt">
        <Time at={nextAttemptOn(job)} />
      </td>
      <td role="cell" class="cell-number" data-label="Attempts">
        {job.attemptCount}
      </td>
      <td role="cell" class="cell-error" data-label="Last error">
        <Error row={row} filter={filter} />
      </td>
    </tr>
  );
};
