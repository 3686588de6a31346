import type { JSX } from 'preact';
import type { OperationView } from '../../api/operations.ts';
import type { Display, Tone } from '../../model/jobs.ts';
import { Sign } from '../../parts/icon.tsx';

interface Words {
  readonly label: string;
  readonly tone: Tone;
  readonly sign: Display;
}

const words: Readonly<Record<OperationView['status'], Words>> = {
  Running: { label: 'Running', tone: 'info', sign: 'InProgress' },
  Canceling: { label: 'Canceling', tone: 'info', sign: 'Canceling' },
  Completed: { label: 'Completed', tone: 'good', sign: 'Succeeded' },
  Stopped: { label: 'Stopped by its canary', tone: 'caution', sign: 'Suspended' },
  Canceled: { label: 'Canceled', tone: 'neutral', sign: 'Canceled' },
  Failed: { label: 'Failed', tone: 'bad', sign: 'Failed' },
};

/** Status of an operation in word, shape and colour. */
export const OperationChip = ({ status }: { status: OperationView['status'] }): JSX.Element => (
  <span class={`chip tone-${words[status].tone}`}>
    <Sign display={words[status].sign} />
    <span class="chip-word">{words[status].label}</span>
  </span>
);
