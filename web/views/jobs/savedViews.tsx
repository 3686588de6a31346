import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf } from '../../model/address.ts';
import { isEmptyFilter, type JobFilter } from '../../model/filter.ts';
import {
  longestViewName,
  readViews,
  viewOf,
  withoutView,
  withView,
  writeViews,
  type SavedViews,
} from '../../model/savedViews.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { LineField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useKept } from '../../state/useKept.ts';

interface SaveDialogProps {
  readonly save: (name: string) => void;
  readonly onClose: () => void;
}

const SaveDialog = ({ save, onClose }: SaveDialogProps): JSX.Element => {
  const [name, setName] = useState('');
  const named = name.trim();
  const submit = (event: Event): void => {
    event.preventDefault();
    if (named === '') return;
    save(named);
    onClose();
  };
  return (
    <Dialog
      title="Save as view"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" unavailable={named === ''} onClick={submit}>
            Save
          </Button>
        </>
      }
    >
      <form onSubmit={submit}>
        <LineField
          label="Name"
          value={name}
          onInput={setName}
          maxLength={longestViewName}
          required
          autofocus
          hint="Kept in this browser; a view of the same name is replaced. The address shows the same to others."
        />
      </form>
    </Dialog>
  );
};

interface ViewLinksProps {
  readonly views: SavedViews;
  readonly filter: JobFilter;
  readonly remove: (name: string) => void;
}

const ViewLinks = ({ views, filter, remove }: ViewLinksProps): JSX.Element => {
  const current = viewOf(views, filter);
  return (
    <ul class="filter-chips" aria-label="Views">
      {views.map((view) => (
        <li key={view.name} class="filter-chip">
          <a
            href={addressOf({ view: 'jobs', filter: view.filter })}
            {...(view === current ? { 'aria-current': 'true' } : {})}
          >
            {view.name}
          </a>
          <button type="button" aria-label={`Remove the view ${view.name}`} onClick={() => remove(view.name)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
};

const keptViews = { name: 'bridge.views', read: readViews, write: writeViews };

/** Filters that a person gave a name. */
export const SavedViewsBar = ({ filter }: { filter: JobFilter }): JSX.Element | null => {
  const [views, keep] = useKept(keptViews);
  const [saving, setSaving] = useState(false);
  const isNew = !isEmptyFilter(filter) && viewOf(views, filter) === undefined;
  if (views.length === 0 && !isNew) return null;
  return (
    <div class="saved-views">
      {views.length === 0 ? null : (
        <ViewLinks views={views} filter={filter} remove={(name) => keep(withoutView(views, name))} />
      )}
      {isNew ? (
        <button type="button" class="text-button" onClick={() => setSaving(true)}>
          Save as view
        </button>
      ) : null}
      {saving ? (
        <SaveDialog
          save={(name) => keep(withView(views, { name, filter }))}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </div>
  );
};
