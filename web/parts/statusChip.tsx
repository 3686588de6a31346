import type { JSX } from 'preact';
import { displays, type Display } from '../model/jobs.ts';
import { Sign } from './icon.tsx';

/** A status in word, shape and colour. */
export const StatusChip = ({ display }: { display: Display }): JSX.Element => (
  <span class={`chip tone-${displays[display].tone}`}>
    <Sign display={display} />
    <span class="chip-word">{displays[display].label}</span>
  </span>
);
