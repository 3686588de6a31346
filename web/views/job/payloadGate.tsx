import type { JSX } from 'preact';
import type { Payload } from '../../api/jobDetail.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Loading, State } from '../../parts/states.tsx';
import type { PayloadLook } from './usePayload.ts';

interface PayloadGateProps {
  readonly look: PayloadLook;
  readonly what: string;
  readonly children: (payload: Payload) => JSX.Element;
}

/** Stands before a payload: it may hold personal data, so it is only loaded when asked for, and that is recorded. */
export const PayloadGate = ({ look, what, children }: PayloadGateProps): JSX.Element => {
  if (look.payload !== undefined) return children(look.payload);
  if (look.loading) return <Loading what={what} />;
  return (
    <State title={`The ${what} is hidden`}>
      <p>
        It may hold personal data. Showing it is recorded on the job, with your name and the time; members
        that the endpoints file names are masked.
      </p>
      {look.problem === undefined ? null : (
        <Banner intent="error">
          <ProblemText problem={look.problem} />
        </Banner>
      )}
      <ActionButton
        label={`Show the ${what}`}
        appearance="outline"
        reason={look.refusal}
        onClick={look.look}
      />
    </State>
  );
};
