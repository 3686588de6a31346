import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Result } from '../../api/client.ts';
import type { JobDetail } from '../../api/jobDetail.ts';
import type { Problem } from '../../api/shapes.ts';
import type { BulkAction } from '../../api/operations.ts';
import { actionEffects, actionLabels, isDestructive } from '../../model/jobActionRules.ts';
import { localInput, timeOfInput } from '../../model/timeInput.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { LineField, TimeField } from '../../parts/fields.tsx';
import { usePage } from '../../state/page.ts';
import { go } from '../../state/usePlace.ts';
import { pathOfJob } from './useJob.ts';
import { Button } from '../../parts/button.tsx';

interface ActionDialogProps {
  readonly job: JobDetail;
  readonly action: BulkAction;
  readonly etag: string | null;
  readonly onClose: () => void;
  /** It was done, or refused. */
  readonly onFinished: (problem: Problem | undefined) => void;
}

const anHourMs = 3_600_000;

const useSend = ({
  job,
  action,
  etag,
}: ActionDialogProps): ((reason: string, until: string) => Promise<Result<unknown>>) => {
  const { client } = usePage();
  const version = etag === null ? {} : { ifMatch: etag };
  return (reason, until) =>
    action === 'delete'
      ? client(pathOfJob(job.id), { method: 'DELETE', ...version })
      : client(`${pathOfJob(job.id)}/${action}`, {
          method: 'POST',
          body: {
            ...(reason === '' ? {} : { reason }),
            ...(action === 'postpone' ? { until: timeOfInput(until) } : {}),
          },
          ...version,
        });
};

/** Asks before something is done to a job, and why. Leaving is the default. */
export const ActionDialog = (props: ActionDialogProps): JSX.Element => {
  const { job, action, onClose, onFinished } = props;
  const { say } = usePage();
  const send = useSend(props);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => localInput(Date.now() + anHourMs));
  const [busy, setBusy] = useState(false);
  const faulty = action === 'postpone' && timeOfInput(until) === undefined;
  const act = async (): Promise<void> => {
    setBusy(true);
    const result = await send(reason.trim(), until);
    if (result.kind === 'ok') say(`${actionLabels[action]}: done.`);
    onFinished(result.kind === 'ok' ? undefined : result.problem);
    if (result.kind === 'ok' && action === 'delete') go({ view: 'jobs', filter: {} });
  };
  return (
    <Dialog
      title={`${actionLabels[action]}?`}
      alert
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <ActionButton
            label={actionLabels[action]}
            appearance={isDestructive(action) ? 'outline' : 'primary'}
            destructive={isDestructive(action)}
            reason={busy ? 'It is being asked for.' : faulty ? 'Set a time first.' : undefined}
            onClick={() => void act()}
          />
        </>
      }
    >
      <p>
        <strong>{job.name}</strong> to {job.endpoint}
      </p>
      <p>{actionEffects[action]}</p>
      {action === 'postpone' ? (
        <TimeField
          label="Until"
          value={until}
          required
          onInput={setUntil}
          fault={faulty ? 'This is not a time.' : undefined}
        />
      ) : null}
      {action === 'delete' ? null : (
        <LineField
          label="Reason"
          value={reason}
          onInput={setReason}
          maxLength={500}
          hint="Stands on the job's timeline."
          autofocus
        />
      )}
    </Dialog>
  );
};
