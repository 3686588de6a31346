import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EndpointAction, EndpointView } from '../../api/endpoints.ts';
import type { Problem } from '../../api/shapes.ts';
import { endpointActionLabels, endpointEffects } from '../../model/endpointWords.ts';
import { rateLimits } from '../../model/rateLimits.ts';
import { wholeNumber } from '../../model/wholeNumber.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { NumberField, LineField } from '../../parts/fields.tsx';
import { usePage } from '../../state/page.ts';
import { Button } from '../../parts/button.tsx';

interface EndpointDialogProps {
  readonly endpoint: EndpointView;
  readonly action: EndpointAction;
  readonly etag: string | null;
  readonly onClose: () => void;
  readonly onFinished: (problem: Problem | undefined) => void;
}

/** Asks before an endpoint is paused, resumed or drained, and why. */
export const EndpointDialog = (props: EndpointDialogProps): JSX.Element => {
  const { endpoint, action, etag, onClose, onFinished } = props;
  const { client, say } = usePage();
  const [reason, setReason] = useState('');
  const [rate, setRate] = useState(String(endpoint.drainPerMinute));
  const [busy, setBusy] = useState(false);
  const perMinute = wholeNumber(rate, rateLimits);
  const faulty = action === 'drain' && perMinute === undefined;
  const act = async (): Promise<void> => {
    setBusy(true);
    const result = await client(`endpoints/${encodeURIComponent(endpoint.name)}/${action}`, {
      method: 'POST',
      body: {
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(action === 'drain' ? { perMinute } : {}),
      },
      ...(etag === null ? {} : { ifMatch: etag }),
    });
    if (result.kind === 'ok') say(`${endpointActionLabels[action]}: ${endpoint.name}, done.`);
    onFinished(result.kind === 'ok' ? undefined : result.problem);
  };
  return (
    <Dialog
      title={`${endpointActionLabels[action]}: ${endpoint.name}?`}
      alert
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <ActionButton
            label={endpointActionLabels[action]}
            appearance="primary"
            reason={busy ? 'It is being asked for.' : faulty ? 'Set a rate first.' : undefined}
            onClick={() => void act()}
          />
        </>
      }
    >
      <p>{endpointEffects[action]}</p>
      {action === 'drain' ? (
        <NumberField
          label="Jobs a minute"
          value={rate}
          onInput={setRate}
          {...rateLimits}
          fault={faulty ? `A whole number from ${rateLimits.min} to ${rateLimits.max}.` : undefined}
        />
      ) : null}
      <LineField
        label="Reason"
        value={reason}
        onInput={setReason}
        maxLength={500}
        hint="Everybody who looks at the endpoint sees it."
        autofocus
      />
    </Dialog>
  );
};
