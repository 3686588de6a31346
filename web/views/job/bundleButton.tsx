import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobDetail } from '../../api/jobDetail.ts';
import { download } from '../../api/download.ts';
import { ActionButton } from '../../parts/actionButton.tsx';
import { usePage } from '../../state/page.ts';
import { pathOfJob } from './useJob.ts';

/** Downloads what support needs to know of the job: no secret and no payload is in it. */
export const BundleButton = ({ job }: { job: JobDetail }): JSX.Element => {
  const { client, say } = usePage();
  const [busy, setBusy] = useState(false);
  const fetchBundle = async (): Promise<void> => {
    setBusy(true);
    const result = await client<unknown>(`${pathOfJob(job.id)}/bundle`);
    setBusy(false);
    if (result.kind === 'failed') say(`There is no bundle: ${result.problem.title}`);
    else download(`job-${job.id}.json`, JSON.stringify(result.value, null, 2));
  };
  return (
    <ActionButton
      label="Support bundle"
      icon="download"
      reason={busy ? 'It is being made.' : undefined}
      onClick={() => void fetchBundle()}
    />
  );
};
