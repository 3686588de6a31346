import type { JSX } from 'preact';
import type { BulkAction } from '../../api/operations.ts';
import type { BulkRequest } from '../../model/bulk.ts';
import type { JobFilter } from '../../model/filter.ts';
import type { Selection } from '../../model/selection.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { usePage } from '../../state/page.ts';

const actions: readonly (readonly [BulkAction, string])[] = [
  ['retry', 'Retry'],
  ['resume', 'Resume'],
  ['pause', 'Pause'],
  ['postpone', 'Postpone'],
  ['cancel', 'Cancel'],
  ['delete', 'Delete'],
];

/** What a person wants done to what is selected. */
export const bulkRequest = (action: BulkAction, selection: Selection, filter: JobFilter): BulkRequest => ({
  action,
  target: selection.all ? { kind: 'filter', filter } : { kind: 'ids', ids: [...selection.ids] },
});

interface CommandsProps {
  readonly filter: JobFilter;
  readonly selection: Selection;
  readonly refresh: () => void;
  readonly chooseColumns: () => void;
}

/** The command bar of the list. Every action is there; one that is not possible says why. */
export const Commands = ({ filter, selection, refresh, chooseColumns }: CommandsProps): JSX.Element => {
  const { refusal, openBulk } = usePage();
  const reason = refusal('act') ?? (selection.ids.size === 0 ? 'Select jobs first.' : undefined);
  return (
    <div class="command-bar" role="group" aria-label="Commands">
      <ActionButton label="Refresh" icon="refresh" onClick={refresh} />
      <ActionButton label="Columns" icon="columns" onClick={chooseColumns} />
      <span class="command-divider" aria-hidden="true" />
      {actions.map(([action, label]) => (
        <ActionButton
          key={action}
          label={label}
          icon={action}
          reason={reason}
          destructive={action === 'delete'}
          onClick={() => openBulk(bulkRequest(action, selection, filter))}
        />
      ))}
    </div>
  );
};
