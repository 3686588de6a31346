import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobDetail } from '../../api/jobDetail.ts';
import type { Problem } from '../../api/shapes.ts';
import type { BulkAction } from '../../api/operations.ts';
import { actionLabels, isDestructive, shownActions, whyNot } from '../../model/jobActionRules.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { usePage } from '../../state/page.ts';
import { ActionDialog } from './actionDialog.tsx';
import { BundleButton } from './bundleButton.tsx';

interface JobActionsProps {
  readonly job: JobDetail;
  /** Version that the person sees. */
  readonly etag: string | null;
  readonly refresh: () => void;
}

/** Somebody, or the job itself, was faster: nothing was done, and the page now shows how it stands. */
const Changed = ({ problem }: { problem: Problem }): JSX.Element => (
  <Banner intent="warning">
    {problem.status === 412 ? (
      <>
        <strong>The job changed meanwhile, so nothing was done.</strong> Here is how it stands now.
      </>
    ) : (
      <ProblemText problem={problem} />
    )}
  </Banner>
);

/** All actions, always; those that are not possible say why. */
export const JobActions = ({ job, etag, refresh }: JobActionsProps): JSX.Element => {
  const { refusal } = usePage();
  const [chosen, choose] = useState<{ action: BulkAction; etag: string | null } | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const finished = (fault: Problem | undefined): void => {
    choose(undefined);
    setProblem(fault);
    refresh();
  };
  return (
    <>
      <div class="command-bar" role="group" aria-label="Actions on this job">
        {shownActions.map((action) => (
          <ActionButton
            key={action}
            label={actionLabels[action]}
            icon={action}
            destructive={isDestructive(action)}
            reason={refusal('act') ?? whyNot(job, action)}
            onClick={() => choose({ action, etag })}
          />
        ))}
        <BundleButton job={job} />
      </div>
      {problem === undefined ? null : <Changed problem={problem} />}
      {chosen === undefined ? null : (
        <ActionDialog job={job} {...chosen} onClose={() => choose(undefined)} onFinished={finished} />
      )}
    </>
  );
};
