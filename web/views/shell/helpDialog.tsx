import type { JSX } from 'preact';
import { Dialog } from '../../parts/dialog.tsx';
import { useKeys } from '../../state/useKeys.ts';
import { Button } from '../../parts/button.tsx';

const keys: readonly (readonly [readonly string[], string])[] = [
  [['J', '↓'], 'next job'],
  [['K', '↑'], 'previous job'],
  [['Enter'], 'open the job'],
  [['X'], 'select or deselect it; with Shift, the range'],
  [['R'], 'retry it, or what is selected'],
  [['/'], 'go to the filters'],
  [['P'], 'pause or resume live updates'],
  [['Esc'], 'close a dialog; clear the selection'],
  [['?'], 'this help'],
];

/** `?` anywhere. */
export const useHelpKey = (open: () => void): void => useKeys({ '?': open });

export const HelpDialog = ({ onClose }: { onClose: () => void }): JSX.Element => (
  <Dialog
    title="Keyboard"
    onClose={onClose}
    actions={
      <Button appearance="primary" autofocus onClick={onClose}>
        Close
      </Button>
    }
  >
    <dl class="keys">
      {keys.map(([names, what]) => (
        <div key={what}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </Dialog>
);
