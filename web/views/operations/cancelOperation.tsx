import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OperationView } from '../../api/operations.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { usePage } from '../../state/page.ts';
import { Button } from '../../parts/button.tsx';

interface CancelOperationProps {
  readonly operation: OperationView | undefined;
  readonly refresh: () => void;
}

/** Ends an operation before it is through; what it did stays done. */
export const CancelOperation = ({ operation, refresh }: CancelOperationProps): JSX.Element => {
  const { client, refusal, say } = usePage();
  const [asking, setAsking] = useState(false);
  const possible = operation?.actions.includes('cancel') === true;
  const cancel = async (id: string): Promise<void> => {
    setAsking(false);
    const result = await client(`operations/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
    say(result.kind === 'ok' ? 'The operation is being canceled.' : result.problem.title);
    refresh();
  };
  return (
    <>
      <ActionButton label="Refresh" icon="refresh" onClick={refresh} />
      <ActionButton
        label="Cancel operation"
        icon="cancel"
        destructive
        reason={refusal('act') ?? (possible ? undefined : 'Not possible: it does not run.')}
        onClick={() => setAsking(true)}
      />
      {!asking || operation === undefined ? null : (
        <Dialog
          title="Cancel the operation?"
          alert
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button autofocus onClick={() => setAsking(false)}>
                Let it run
              </Button>
              <ActionButton
                label="Cancel operation"
                appearance="outline"
                destructive
                onClick={() => void cancel(operation.id)}
              />
            </>
          }
        >
          <p>
            The jobs that it has not come to stay as they are. What it did to the others is not taken back.
          </p>
        </Dialog>
      )}
    </>
  );
};
