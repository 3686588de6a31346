import type { JSX } from 'preact';
import type { MessageFault } from '../../api/jobDetail.ts';
import { State } from '../../parts/states.tsx';

/** Why there is nothing to show, and what to do. */
export const NoMessage = ({ title, fault }: { title: string; fault: MessageFault }): JSX.Element => (
  <State title={title}>
    <p>
      <code>{fault.code}</code> {fault.cause}
    </p>
    <p>{fault.detail}</p>
    <p>{fault.advice}</p>
  </State>
);
