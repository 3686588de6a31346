import type { JSX } from 'preact';
import { columnLabels, type ColumnName, type Columns } from '../../model/columns.ts';
import { shortId } from '../../model/jobs.ts';
import { cells, type CellProps } from './cells.tsx';

/** The style of a column: how it is laid out, and which one it is. */
export const classOf = (column: ColumnName): string => `${cells[column].kind} column-${column}`;

interface ColumnCellProps extends CellProps {
  readonly column: ColumnName;
}

const ColumnCell = ({ column, row, filter }: ColumnCellProps): JSX.Element => {
  const { Content } = cells[column];
  const attributes = { class: classOf(column), 'data-label': columnLabels[column] };
  const content = <Content row={row} filter={filter} />;
  return column === 'name' ? (
    <th scope="row" role="rowheader" {...attributes}>
      {content}
    </th>
  ) : (
    <td role="cell" {...attributes}>
      {content}
    </td>
  );
};

interface JobRowProps extends CellProps {
  readonly columns: Columns;
  readonly selected: boolean;
  readonly select: (range: boolean) => void;
}

/** One job. */
export const JobRow = ({ row, filter, columns, selected, select }: JobRowProps): JSX.Element => {
  const { job, left } = row;
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
      {columns.map((column) => (
        <ColumnCell key={column} column={column} row={row} filter={filter} />
      ))}
    </tr>
  );
};
