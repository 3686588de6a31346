import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FailureGroup } from '../../api/shapes.ts';
import { addressOf } from '../../model/address.ts';
import type { JobFilter } from '../../model/filter.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { StatusChip } from '../../parts/statusChip.tsx';
import { Time } from '../../parts/time.tsx';
import { usePage } from '../../state/page.ts';
import { NoteDialog } from './noteDialog.tsx';

/** The jobs that the group counts. */
const filterOf = ({ endpoint, code }: FailureGroup): JobFilter => ({
  status: 'Waiting,Suspended,Failed',
  endpoint,
  code,
});

const trendText = ({ recent }: FailureGroup): string =>
  `Failures of the last hour by five minutes, oldest first: ${recent.join(', ')}`;

/** How many of the group stand where. */
const Parts = ({ group }: { group: FailureGroup }): JSX.Element => {
  const parts = [
    ['Failed', group.failed],
    ['Suspended', group.suspended],
    ['Retrying', group.retrying],
    ['Held', group.held],
  ] as const;
  return (
    <span class="group-parts">
      {parts
        .filter(([, count]) => count > 0)
        .map(([display, count]) => (
          <span key={display} class="group-part">
            <StatusChip display={display} />
            {count.toLocaleString('en')}
          </span>
        ))}
    </span>
  );
};

const Note = ({ group, edit }: { group: FailureGroup; edit: () => void }): JSX.Element => {
  const { note } = group;
  const reason = usePage().refusal('act');
  return (
    <div class="group-note">
      {note === null ? null : (
        <p>
          <q>{note.text}</q>{' '}
          <span class="hint">
            {note.by}, <Time at={note.on} />
          </span>
        </p>
      )}
      <ActionButton
        label={note === null ? 'Add note' : 'Edit note'}
        ariaLabel={`${note === null ? 'Add note' : 'Edit note'} to ${group.endpoint}: ${group.cause}`}
        icon="edit"
        size="small"
        reason={reason}
        onClick={edit}
      />
    </div>
  );
};

/** Jobs of one endpoint that fail for one reason: the unit of work. */
export const GroupCard = ({ group }: { group: FailureGroup }): JSX.Element => {
  const { openBulk, refusal } = usePage();
  const [editing, setEditing] = useState(false);
  const filter = filterOf(group);
  const about = `${group.endpoint}: ${group.cause}`;
  return (
    <li class="group">
      <div class="group-count">
        <strong>{group.count.toLocaleString('en')}</strong>
        <span>{group.count === 1 ? 'job' : 'jobs'}</span>
      </div>
      <div class="group-what">
        <h3>{group.cause}</h3>
        <p class="group-where">
          <a href={addressOf({ view: 'endpoint', name: group.endpoint })}>{group.endpoint}</a>
          <code>{group.code}</code>
          <Parts group={group} />
        </p>
        <p class="hint">{group.advice}</p>
        <Note group={group} edit={() => setEditing(true)} />
      </div>
      <div class="group-when">
        <Sparkline counts={group.recent} label={trendText(group)} />
        <span class="hint">
          first <Time at={group.first} /> · last <Time at={group.last} />
        </span>
      </div>
      <div class="group-actions">
        <ActionButton
          label="Retry all…"
          ariaLabel={`Retry all: ${about}`}
          icon="retry"
          appearance="primary"
          reason={refusal('act')}
          onClick={() => openBulk({ action: 'retry', target: { kind: 'filter', filter } })}
        />
        <a
          class="button-link quiet"
          href={addressOf({ view: 'jobs', filter })}
          aria-label={`Show jobs: ${about}`}
        >
          Show jobs
        </a>
      </div>
      {editing ? <NoteDialog group={group} onClose={() => setEditing(false)} /> : null}
    </li>
  );
};
