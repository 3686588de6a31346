import type { JSX } from 'preact';
import { addressOf } from '../../model/address.ts';
import { durationText } from '../../model/attempts.ts';
import type { ColumnName } from '../../model/columns.ts';
import { withTerm, type FilterName, type JobFilter } from '../../model/filter.ts';
import type { Row } from '../../model/jobList.ts';
import { displayOf, durationMsOf, lastErrorOf, nextAttemptOn, shortId, subjectOf } from '../../model/jobs.ts';
import { StatusChip } from '../../parts/statusChip.tsx';
import { Time } from '../../parts/time.tsx';
import { go } from '../../state/usePlace.ts';

export interface CellProps {
  readonly row: Row;
  readonly filter: JobFilter;
}

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

const none = <span class="none">–</span>;

const Status = ({ row: { job }, filter }: CellProps): JSX.Element => (
  <FilterCell
    filter={filter}
    name="status"
    value={job.status}
    title={`${job.friendlyMessage}\nOnly this status`}
  >
    <StatusChip display={displayOf(job)} />
  </FilterCell>
);

const Name = ({ row: { job, left } }: CellProps): JSX.Element => (
  <>
    <a class="row-link" href={addressOf({ view: 'job', id: job.id, tab: '' })} title={job.name}>
      {job.name}
    </a>
    {left ? <span class="hint left-note">no longer matches</span> : null}
  </>
);

const Record = ({ row: { job }, filter }: CellProps): JSX.Element => (
  <FilterCell
    filter={filter}
    name="record"
    value={job.regardingObjectId}
    title={`${subjectOf(job)}\n${job.regardingObjectId}\nOnly this record`}
  >
    <>
      <span class="one-line">{job.primaryEntityType}</span> <code>{shortId(job.regardingObjectId)}</code>
    </>
  </FilterCell>
);

const Endpoint = ({ row: { job }, filter }: CellProps): JSX.Element => (
  <FilterCell
    filter={filter}
    name="endpoint"
    value={job.endpoint}
    title={`${job.endpoint}\nOnly this endpoint`}
  >
    <span class="one-line">{job.endpoint}</span>
  </FilterCell>
);

const Error = ({ row: { job }, filter }: CellProps): JSX.Element => {
  const text = lastErrorOf(job);
  if (text === '' || job.code === null) return none;
  return (
    <FilterCell filter={filter} name="code" value={job.code} title={`${text}\nOnly this error: ${job.code}`}>
      <span class="one-line">{text}</span>
    </FilterCell>
  );
};

const Duration = ({ row: { job } }: CellProps): JSX.Element => {
  const durationMs = durationMsOf(job);
  return durationMs === undefined ? none : <>{durationText(durationMs)}</>;
};

interface Cell {
  /** How the column is laid out; a style has this name. */
  readonly kind: string;
  readonly Content: (props: CellProps) => JSX.Element;
}

const time = (at: (row: Row) => string | null): Cell => ({
  kind: 'cell-time',
  Content: ({ row }) => <Time at={at(row)} />,
});

/** What stands in each column. */
export const cells: Readonly<Record<ColumnName, Cell>> = {
  status: { kind: 'cell-status', Content: Status },
  name: { kind: 'cell-name', Content: Name },
  record: { kind: 'cell-record', Content: Record },
  endpoint: { kind: 'cell-endpoint', Content: Endpoint },
  created: time(({ job }) => job.createdOn),
  changed: time(({ job }) => job.modifiedOn),
  next: time(({ job }) => nextAttemptOn(job)),
  attempts: { kind: 'cell-number', Content: ({ row: { job } }) => <>{job.attemptCount}</> },
  error: { kind: 'cell-error', Content: Error },
  occurred: time(({ job }) => job.operationCreatedOn),
  completed: time(({ job }) => job.completedOn),
  duration: { kind: 'cell-number', Content: Duration },
  organization: { kind: 'cell-text', Content: ({ row: { job } }) => <>{job.organization ?? none}</> },
};
