import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OperationFilter, OperationView } from '../../api/operations.ts';
import type { Problem } from '../../api/shapes.ts';
import type { BulkRequest } from '../../model/bulk.ts';
import { bulkFilterOf } from '../../model/bulkFilter.ts';
import { newForm, requestOf, whyNotStart, type BulkForm } from '../../model/bulkForm.ts';
import { actionMeaning, filterText } from '../../model/bulkWords.ts';
import { actionLabels, isDestructive } from '../../model/jobActionRules.ts';
import { countText } from '../../model/operationProgress.ts';
import { localInput } from '../../model/timeInput.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { usePage } from '../../state/page.ts';
import { go } from '../../state/usePlace.ts';
import { BulkFields } from './bulkFields.tsx';
import { CountText } from './countText.tsx';
import { HeldHint } from './heldHint.tsx';
import { useBulkCount } from './useBulkCount.ts';
import { Button } from '../../parts/button.tsx';

interface BulkDialogProps {
  readonly request: BulkRequest;
  readonly onClose: () => void;
}

const anHourMs = 3_600_000;

interface FilledProps extends BulkDialogProps {
  readonly filter: OperationFilter;
}

const Filled = ({ request, filter, onClose }: FilledProps): JSX.Element => {
  const { client, say } = usePage();
  const [form, setForm] = useState<BulkForm>(() =>
    newForm(request.action, localInput(Date.now() + anHourMs)),
  );
  const [problem, setProblem] = useState<Problem | undefined>();
  const [busy, setBusy] = useState(false);
  const counted = useBulkCount(form.action, filter);
  const start = async (cutOff: string): Promise<void> => {
    setBusy(true);
    const body = { ...requestOf(form, filter), cutOff };
    const result = await client<OperationView>('operations', { method: 'POST', body });
    setBusy(false);
    if (result.kind === 'failed') {
      setProblem(result.problem);
      return;
    }
    say('The operation has started.');
    onClose();
    go({ view: 'operation', id: result.value.id });
  };
  return (
    <Dialog
      title={`${actionLabels[form.action]}: ${filterText(filter)}`}
      alert
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Leave them</Button>
          <ActionButton
            label={
              counted.value === undefined
                ? 'Start'
                : `Start for ${countText(counted.value.count, counted.value.complete)}`
            }
            appearance={isDestructive(form.action) ? 'outline' : 'primary'}
            destructive={isDestructive(form.action)}
            reason={busy ? 'It is being started.' : whyNotStart(counted.value, form)}
            onClick={() => {
              if (counted.value !== undefined) void start(counted.value.cutOff);
            }}
          />
        </>
      }
    >
      {problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={problem} />
        </Banner>
      )}
      <HeldHint action={form.action} filter={filter} />
      <CountText counted={counted} meaning={actionMeaning[form.action]} />
      <BulkFields form={form} change={(changes) => setForm((before) => ({ ...before, ...changes }))} />
    </Dialog>
  );
};

/** Counts first, then asks how and why, then starts an operation on what was counted. */
export const BulkDialog = ({ request, onClose }: BulkDialogProps): JSX.Element => {
  const [filter] = useState(() => bulkFilterOf(request));
  return <Filled request={request} filter={filter} onClose={onClose} />;
};
