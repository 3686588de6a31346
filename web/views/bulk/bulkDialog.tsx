import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem } from '../../api/shapes.ts';
import type { BulkRequest } from '../../model/bulk.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField, valueOf } from '../../parts/textField.tsx';
import { usePage } from '../../state/page.ts';
import { go } from '../../state/usePlace.ts';
import { Button } from '../../parts/button.tsx';

interface Count {
  readonly count: number;
  readonly cutOff: string;
}

const filterOf = ({ target }: BulkRequest): object =>
  target.kind === 'ids' ? { ids: target.ids } : target.filter;

/** Counts, asks why, and starts an operation over many jobs. */
export const BulkDialog = ({
  request,
  onClose,
}: {
  request: BulkRequest;
  onClose: () => void;
}): JSX.Element => {
  const { client } = usePage();
  const reason = useRef<HTMLElement>(null);
  const [count, setCount] = useState<Count | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const body = { action: request.action, filter: filterOf(request) };
  useEffect(() => {
    void client<Count>('operations', {
      method: 'POST',
      body: { ...body, reason: 'count', dryRun: true },
    }).then((result) => (result.kind === 'ok' ? setCount(result.value) : setProblem(result.problem)));
  }, []);
  const start = async (): Promise<void> => {
    const result = await client<{ readonly id: string }>('operations', {
      method: 'POST',
      body: { ...body, reason: valueOf(reason), cutOff: count?.cutOff },
    });
    if (result.kind === 'failed') {
      setProblem(result.problem);
      return;
    }
    onClose();
    go({ view: 'operation', id: result.value.id });
  };
  return (
    <Dialog
      title={`${request.action} ${count === undefined ? '…' : count.count.toLocaleString('en')} jobs`}
      onClose={onClose}
      alert
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" onClick={() => void start()}>
            Start
          </Button>
        </>
      }
    >
      {problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={problem} />
        </Banner>
      )}
      <TextField label="Reason" field={reason} maxLength={500} autofocus />
    </Dialog>
  );
};
