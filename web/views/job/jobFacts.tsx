import type { JSX } from 'preact';
import type { JobDetail } from '../../api/jobDetail.ts';
import { addressOf } from '../../model/address.ts';
import type { JobFilter } from '../../model/filter.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Time } from '../../parts/time.tsx';

const OthersLink = ({ filter, children }: { filter: JobFilter; children: string }): JSX.Element => (
  <a class="others" href={addressOf({ view: 'jobs', filter })}>
    {children}
  </a>
);

const idFact = (
  name: string,
  id: string | null,
  others?: JSX.Element,
): readonly [string, JSX.Element | null] => [
  name,
  id === null ? null : (
    <>
      <Copyable text={id} what={name.toLowerCase()} />
      {others}
    </>
  ),
];

const sizeText = (bytes: number): string => `${bytes.toLocaleString('en')} bytes`;

/** What the job is about, with the ids under which others know it. */
export const JobFacts = ({ job }: { job: JobDetail }): JSX.Element => (
  <aside class="job-facts" aria-label="Facts">
    <Facts
      rows={[
        idFact('Job id', job.id),
        [
          'Record',
          <>
            {job.primaryEntityType} <Copyable text={job.regardingObjectId} what="record id" />
            <OthersLink filter={{ record: job.regardingObjectId }}>Other jobs of this record</OthersLink>
          </>,
        ],
        idFact(
          'Correlation id',
          job.correlationId,
          <OthersLink filter={{ correlationId: job.correlationId ?? '' }}>
            Other jobs of this correlation
          </OthersLink>,
        ),
        idFact('Operation id', job.operationId),
        idFact('Request id', job.requestId),
        idFact('Processing step', job.owningExtensionId),
        ['Organization', job.organization],
        ['Depth', String(job.depth)],
        ['Accepted', <Time at={job.createdOn} />],
        ['First attempt', job.startedOn === null ? null : <Time at={job.startedOn} />],
        ['Ended', job.completedOn === null ? null : <Time at={job.completedOn} />],
        ['Attempts', String(job.attemptCount)],
        ['Body', `${sizeText(job.body.bytes)}${job.sizeExceeded ? ', cut by Dataverse' : ''}`],
        idFact('SHA-256 of the body', job.body.sha256),
        idFact('Idempotency key', job.idempotencyKey),
      ]}
    />
  </aside>
);
