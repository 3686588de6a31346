import type { JSX } from 'preact';
import type { JobDetail } from '../../api/jobDetail.ts';
import { CopyButton } from '../../parts/copyable.tsx';

/** The job as the API answers it. */
export const RawTab = ({ job }: { job: JobDetail }): JSX.Element => {
  const text = JSON.stringify(job, null, 2);
  return (
    <section>
      <p class="tools">
        <CopyButton text={text} what="job as JSON" /> The answer of <code>GET /api/jobs/{job.id}</code>
      </p>
      <pre class="code" tabIndex={0} aria-label="The job as JSON">
        {text}
      </pre>
    </section>
  );
};
