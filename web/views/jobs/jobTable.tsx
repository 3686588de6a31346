import type { JSX } from 'preact';
import { columnLabels, isUsual, type Columns } from '../../model/columns.ts';
import type { JobFilter } from '../../model/filter.ts';
import type { Row } from '../../model/jobList.ts';
import { allShownToggled, extended, isSelected, toggled, type Selection } from '../../model/selection.ts';
import { classOf, JobRow } from './jobRow.tsx';

interface JobTableProps {
  readonly rows: readonly Row[];
  readonly filter: JobFilter;
  readonly columns: Columns;
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
}

/** The jobs, newest first. Roles are written out, since rows that become cards lose them in some browsers. */
export const JobTable = ({ rows, filter, columns, selection, select }: JobTableProps): JSX.Element => {
  const order = rows.map(({ job }) => job.id);
  const every = order.every((id) => isSelected(selection, id));
  return (
    <table class={isUsual(columns) ? 'jobs usual' : 'jobs chosen'} role="table">
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
          {columns.map((column) => (
            <th key={column} scope="col" role="columnheader" class={classOf(column)}>
              {columnLabels[column]}
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
            columns={columns}
            selected={isSelected(selection, row.job.id)}
            select={(range) => select((range ? extended : toggled)(selection, row.job.id, order))}
          />
        ))}
      </tbody>
    </table>
  );
};
