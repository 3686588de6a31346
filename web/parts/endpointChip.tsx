import type { JSX } from 'preact';
import type { EndpointState } from '../api/endpoints.ts';
import { endpointStates } from '../model/endpointWords.ts';

/** The state of an endpoint in word, shape and colour. */
export const EndpointChip = ({ state }: { state: EndpointState }): JSX.Element => {
  const { label, tone } = endpointStates[state];
  return (
    <span class={`chip tone-${tone}`}>
      <span class={`state-shape ${state}`} aria-hidden="true" />
      <span class="chip-word">{label}</span>
    </span>
  );
};
