import type { JSX } from 'preact';
import type { JobDetail } from '../../api/jobDetail.ts';
import { addressOf } from '../../model/address.ts';
import { displayOf, subjectOf } from '../../model/jobs.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { StatusChip } from '../../parts/statusChip.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Why } from '../../parts/why.tsx';
import { go } from '../../state/usePlace.ts';
import type { Poll } from '../../state/usePoll.ts';
import { AttemptsTab } from './attemptsTab.tsx';
import { ContextTab } from './contextTab.tsx';
import { JobActions } from './jobActions.tsx';
import { JobFacts } from './jobFacts.tsx';
import { MessageTab } from './messageTab.tsx';
import { RawTab } from './rawTab.tsx';
import { Timeline } from './timeline.tsx';
import { useJob } from './useJob.ts';
import { usePayload, type PayloadLook } from './usePayload.ts';

const tabs = [
  { id: '', label: 'Timeline' },
  { id: 'context', label: 'Context' },
  { id: 'message', label: 'Sent message' },
  { id: 'attempts', label: 'Attempts' },
  { id: 'raw', label: 'Raw' },
] as const;

interface TabProps {
  readonly tab: string;
  readonly job: JobDetail;
  readonly look: PayloadLook;
}

const Tab = ({ tab, job, look }: TabProps): JSX.Element => {
  switch (tab) {
    case 'context':
      return <ContextTab look={look} />;
    case 'message':
      return <MessageTab look={look} />;
    case 'attempts':
      return <AttemptsTab job={job} />;
    case 'raw':
      return <RawTab job={job} />;
    default:
      return <Timeline job={job} />;
  }
};

const Stale = ({ poll }: { poll: Poll<JobDetail> }): JSX.Element | null =>
  poll.problem === undefined ? null : (
    <Banner intent="warning">
      <ProblemText problem={poll.problem} /> What you see may be old.
    </Banner>
  );

const Loaded = ({ job, poll, tab }: { job: JobDetail; poll: Poll<JobDetail>; tab: string }): JSX.Element => {
  const look = usePayload(job.id, poll.refresh);
  return (
    <article class="view job">
      <nav aria-label="Breadcrumb" class="breadcrumb">
        <a href={addressOf({ view: 'jobs', filter: {} })}>Jobs</a>
      </nav>
      <header class="job-head">
        <h1>{job.name}</h1>
        <StatusChip display={displayOf(job)} />
      </header>
      <p class="lede">
        {subjectOf(job)} to <a href={addressOf({ view: 'endpoint', name: job.endpoint })}>{job.endpoint}</a>.{' '}
        <Why text={job.friendlyMessage} />
      </p>
      <Stale poll={poll} />
      <JobActions job={job} etag={poll.etag} refresh={poll.refresh} />
      <div class="job-body">
        <div class="job-main">
          <Tabs
            label="About this job"
            tabs={tabs}
            active={tabs.some(({ id }) => id === tab) ? tab : ''}
            onChoose={(chosen) => go({ view: 'job', id: job.id, tab: chosen })}
          >
            <Tab tab={tab} job={job} look={look} />
          </Tabs>
        </div>
        <JobFacts job={job} />
      </div>
    </article>
  );
};

/** One job: its story, what was sent, what can be done. */
export const JobView = ({ id, tab }: { id: string; tab: string }): JSX.Element => {
  const poll = useJob(id);
  if (poll.value !== undefined && poll.value.id === id) {
    return <Loaded key={id} job={poll.value} poll={poll} tab={tab} />;
  }
  if (poll.problem !== undefined) return <Failed problem={poll.problem} retry={poll.refresh} alone />;
  return <Loading what="the job" />;
};
