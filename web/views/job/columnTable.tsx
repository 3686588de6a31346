import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { valueText, type ColumnRow, type ColumnTable as Table } from '../../model/contextView.ts';
import { Button } from '../../parts/button.tsx';

/** Values of columns can be long; the tree below has them whole. */
const longest = 500;

const Value = ({ value }: { value: unknown }): JSX.Element => {
  const text = valueText(value);
  if (value === undefined) return <span class="none">–</span>;
  return (
    <span class={value === null ? 'none' : ''}>
      {text.length > longest ? `${text.slice(0, longest)} …` : text}
    </span>
  );
};

const Row = ({ row, table }: { row: ColumnRow; table: Table }): JSX.Element => (
  <tr class={row.change}>
    <th scope="row">
      {row.column}
      {row.change === 'same' ? null : <span class="mark"> {row.change}</span>}
    </th>
    {table.hasBefore ? (
      <td>
        <Value value={row.before} />
      </td>
    ) : null}
    {table.hasTarget ? (
      <td>
        <Value value={row.target} />
      </td>
    ) : null}
    {table.hasAfter ? (
      <td>
        <Value value={row.after} />
      </td>
    ) : null}
  </tr>
);

/** The columns of the record: before, as posted, after; the changed ones first and marked. */
export const ColumnTable = ({ table }: { table: Table }): JSX.Element => {
  const [all, setAll] = useState(false);
  const changed = table.rows.filter(({ change }) => change !== 'same');
  const rows = all || changed.length === 0 ? table.rows : changed;
  const hidden = table.rows.length - rows.length;
  return (
    <div class="scroller" tabIndex={0} role="region" aria-label={`Columns: ${table.title}`}>
      <table class="columns">
        <caption>
          {table.title === 'Target'
            ? 'Columns of the record'
            : `Columns of the record, images ${table.title}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Column</th>
            {table.hasBefore ? <th scope="col">Before (pre-image)</th> : null}
            {table.hasTarget ? <th scope="col">Set by the operation</th> : null}
            {table.hasAfter ? <th scope="col">After (post-image)</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.column} row={row} table={table} />
          ))}
        </tbody>
      </table>
      {hidden === 0 && !all ? null : (
        <Button size="small" appearance="subtle" onClick={() => setAll(!all)}>
          {all ? 'Only what changed' : `Show ${hidden} unchanged`}
        </Button>
      )}
    </div>
  );
};
