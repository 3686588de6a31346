import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { FailureGroup, GroupNote, Problem } from '../../api/shapes.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField, valueOf } from '../../parts/textField.tsx';
import { usePage } from '../../state/page.ts';
import { Button } from '../../parts/button.tsx';

const notePath = ({ endpoint, code }: FailureGroup): string =>
  `groups/${encodeURIComponent(endpoint)}/${encodeURIComponent(code)}/note`;

/** Edits what people tell each other about a group; an empty note is none. */
export const NoteDialog = ({ group, onClose }: { group: FailureGroup; onClose: () => void }): JSX.Element => {
  const { client, summary, say } = usePage();
  const field = useRef<HTMLElement>(null);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const save = async (): Promise<void> => {
    const text = valueOf(field).trim();
    const result = await client<GroupNote | null>(notePath(group), { method: 'PUT', body: { text } });
    if (result.kind === 'failed') {
      setProblem(result.problem);
      return;
    }
    summary.refresh();
    say(text === '' ? 'The note is removed.' : 'The note is kept.');
    onClose();
  };
  return (
    <Dialog
      title="Note"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <p class="hint">{`${group.endpoint}: ${group.cause} Everybody who opens the page sees it.`}</p>
      {problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={problem} />
        </Banner>
      )}
      <TextField
        label="What do others need to know?"
        field={field}
        value={group.note?.text ?? ''}
        lines="many"
        autofocus
      />
    </Dialog>
  );
};
