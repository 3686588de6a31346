import type { JSX } from 'preact';
import type { JobFilter } from '../../model/filter.ts';
import type { Row } from '../../model/jobList.ts';
import { allShownToggled, extended, isSelected, toggled, type Selection } from '../../model/selection.ts';
import { JobRow } from './jobRow.tsx';

const columns = [
  ['Status', 'cell-status'],
  ['Name', 'cell-name'],
  ['Record', 'cell-record'],
  ['Endpoint', 'cell-endpoint'],
  ['Created', 'cell-time'],
  ['Last change', 'cell-time'],
  ['Next attempt', 'cell-time'],
  ['Attempts', 'cell-number'],
  ['Last error', 'cell-error'],
] as const;

interface JobTableProps {
  readonly rows: readonly Row[];
  readonly filter: JobFilter;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

/** The jobs, newest first. Roles are written out, since rows that become cards lose them in some browsers. */
export const JobTable = ({ rows, filter, selection, select }: JobTableProps): JSX.Element => {
  const order = rows.map(({ job }) => job.id);
  const every = order.every((id) => isSelected(selection, id));
  return (
    <table class="jobs" role="table">
      <caption class="unseen">System jobs, newest first</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader" class="cell-check">
            <input
              type="checkbox"
              aria-label="Select all rows"
              checked={every}
              ref={(element) => {
                if (element !== null) element.indeterminate = !every && selection.ids.size > 0;
              }}
              onClick={() => select(allShownToggled(selection, order))}
            />
          </th>
          {columns.map(([label, kind]) => (
            <th key={label} scope="col" role="columnheader" class={kind}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <JobRow
            key={row.job.id}
            row={row}
            filter={filter}
            selected={isSelected(selection, row.job.id)}
            select={(range) => select((range ? extended : toggled)(selection, row.job.id, order))}
          />
        ))}
      </tbody>
    </table>
  );
};
