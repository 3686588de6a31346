import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EndpointAction, EndpointView } from '../../api/endpoints.ts';
import type { Problem } from '../../api/shapes.ts';
import { endpointActionLabels, endpointActions, whyNotEndpoint } from '../../model/endpointWords.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { usePage } from '../../state/page.ts';
import { EndpointDialog } from './endpointDialog.tsx';

interface EndpointActionsProps {
  readonly endpoint: EndpointView;
  readonly etag: string | null;
  readonly refresh: () => void;
}

const icons = { pause: 'pause', resume: 'resume', drain: 'postpone' } as const;

const Refused = ({ problem }: { problem: Problem }): JSX.Element => (
  <Banner intent="warning">
    {problem.status === 412 ? (
      <>
        <strong>The endpoint changed meanwhile, so nothing was done.</strong> Here is how it stands now.
      </>
    ) : (
      <ProblemText problem={problem} />
    )}
  </Banner>
);

/** Pause, resume, drain: always shown; what is not possible says why. */
export const EndpointActions = ({ endpoint, etag, refresh }: EndpointActionsProps): JSX.Element => {
  const { refusal } = usePage();
  const [chosen, choose] = useState<{ action: EndpointAction; etag: string | null } | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  return (
    <>
      {problem === undefined ? null : <Refused problem={problem} />}
      <div class="endpoint-actions" role="group" aria-label={`Actions on ${endpoint.name}`}>
        {endpointActions.map((action) => (
          <ActionButton
            key={action}
            label={endpointActionLabels[action]}
            ariaLabel={`${endpointActionLabels[action]}: ${endpoint.name}`}
            icon={icons[action]}
            reason={refusal('act') ?? whyNotEndpoint(endpoint, action)}
            onClick={() => choose({ action, etag })}
          />
        ))}
      </div>
      {chosen === undefined ? null : (
        <EndpointDialog
          endpoint={endpoint}
          {...chosen}
          onClose={() => choose(undefined)}
          onFinished={(fault) => {
            choose(undefined);
            setProblem(fault);
            refresh();
          }}
        />
      )}
    </>
  );
};
