import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  columnLabels,
  columnMoved,
  columnNames,
  columnToggled,
  usualColumns,
  type ColumnName,
  type Columns,
} from '../../model/columns.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { CheckField } from '../../parts/fields.tsx';

interface PlaceProps {
  readonly name: ColumnName;
  readonly columns: Columns;
  readonly change: (columns: Columns) => void;
  /** Changes the order, and gives the focus back to what was pressed: it moves with its row. */
  readonly move: (columns: Columns, pressed: EventTarget | null) => void;
}

const directions = [
  ['up', -1],
  ['down', 1],
] as const;

const Place = ({ name, columns, change, move }: PlaceProps): JSX.Element => {
  const label = columnLabels[name];
  return (
    <li>
      {name === 'name' ? (
        <span>{`${label} (always shown)`}</span>
      ) : (
        <CheckField
          label={label}
          checked={columns.includes(name)}
          onChange={() => change(columnToggled(columns, name))}
        />
      )}
      {columns.includes(name)
        ? directions.map(([direction, by]) => (
            <Button
              key={direction}
              icon={direction}
              appearance="subtle"
              size="small"
              ariaLabel={`Move ${label} ${direction}`}
              unavailable={columnMoved(columns, name, by) === columns}
              onClick={({ currentTarget }) => move(columnMoved(columns, name, by), currentTarget)}
            />
          ))
        : null}
    </li>
  );
};

interface ColumnsDialogProps {
  readonly columns: Columns;
  readonly keep: (columns: Columns) => void;
  readonly onClose: () => void;
}

/** Chooses and orders the columns of the list; kept in this browser. */
export const ColumnsDialog = ({ columns, keep, onClose }: ColumnsDialogProps): JSX.Element => {
  const [draft, change] = useState(columns);
  const pressed = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (pressed.current instanceof HTMLElement) pressed.current.focus();
    pressed.current = null;
  }, [draft]);
  const move = (moved: Columns, button: EventTarget | null): void => {
    pressed.current = button;
    change(moved);
  };
  const hidden = columnNames.filter((name) => !draft.includes(name));
  return (
    <Dialog
      title="Columns"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button onClick={() => change(usualColumns)}>Usual columns</Button>
          <Button
            appearance="primary"
            onClick={() => {
              keep(draft);
              onClose();
            }}
          >
            Show these
          </Button>
        </>
      }
    >
      <p class="hint">Kept in this browser. In a narrow window each job is a card with the same facts.</p>
      <ul class="column-places">
        {[...draft, ...hidden].map((name) => (
          <Place key={name} name={name} columns={draft} change={change} move={move} />
        ))}
      </ul>
    </Dialog>
  );
};
