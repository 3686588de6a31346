import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { JobDetail } from '../../api/jobDetail.ts';
import { clockTime } from '../../model/attempts.ts';
import { displayOf, displays } from '../../model/jobs.ts';
import { timelineOf, type Moment } from '../../model/timeline.ts';
import { exactTime, relativeTime } from '../../model/times.ts';
import { Sign } from '../../parts/icon.tsx';
import { useNow } from '../../state/useNow.ts';
import { AskedMoment } from './askedMoment.tsx';
import { AttemptMoment } from './attemptMoment.tsx';
import { MomentTime } from './momentTime.tsx';
import { Button } from '../../parts/button.tsx';
import { Why } from '../../parts/why.tsx';

/** Planned attempts shown until all are asked for. */
const plannedShown = 4;

const Accepted = ({ job, on }: { job: JobDetail; on: string }): JSX.Element => (
  <li class="moment accepted">
    <h2>Accepted</h2> <MomentTime at={on} />
    <p>
      {job.messageName} of {job.primaryEntityType}, {job.body.bytes.toLocaleString('en')} bytes, stored before
      Dataverse was answered.
    </p>
  </li>
);

/** How it stands, with a countdown when it goes on by itself. */
const Now = ({ job, until }: { job: JobDetail; until: string | null }): JSX.Element => {
  const nowMs = useNow();
  const display = displayOf(job);
  return (
    <li class={`moment now tone-${displays[display].tone}`}>
      <h2>
        <Sign display={display} /> {displays[display].label}
      </h2>
      {until === null ? null : (
        <span class="countdown">
          {job.held ? 'looked at again' : 'goes on'}{' '}
          <time
            dateTime={until}
            title={exactTime(until)}
          >{`${relativeTime(until, nowMs)}, at ${clockTime(until, nowMs)}`}</time>
        </span>
      )}
      <p>
        <Why text={job.friendlyMessage} />
      </p>
    </li>
  );
};

const Planned = ({ on, number }: { on: string; number: number }): JSX.Element => {
  const nowMs = useNow();
  return (
    <li class="moment planned">
      <h2>Attempt {number}</h2>{' '}
      <span class="when">
        planned at{' '}
        <time dateTime={on} title={exactTime(on)}>
          {clockTime(on, nowMs)}
        </time>
        , {relativeTime(on, nowMs)}
      </span>
    </li>
  );
};

const End = ({ job, on }: { job: JobDetail; on: string }): JSX.Element => {
  const display = displayOf(job);
  return (
    <li class={`moment end tone-${displays[display].tone}`}>
      <h2>
        <Sign display={display} /> {displays[display].label}
      </h2>{' '}
      <MomentTime at={on} />
      <p>
        <Why text={job.friendlyMessage} />
      </p>
      {job.answer === null ? null : (
        <>
          <p>The listener answered:</p>
          <pre class="code wrapped answer" tabIndex={0} aria-label="Answer of the listener">
            {job.answer}
          </pre>
        </>
      )}
    </li>
  );
};

const LeftOut = ({ count }: { count: number }): JSX.Element => (
  <li class="moment left-out">
    <p>{`${count} ${count === 1 ? 'attempt' : 'attempts'} in between ${count === 1 ? 'is' : 'are'} counted but not kept.`}</p>
  </li>
);

const MomentItem = ({ moment, job }: { moment: Moment; job: JobDetail }): JSX.Element => {
  switch (moment.kind) {
    case 'accepted':
      return <Accepted job={job} on={moment.on} />;
    case 'attempt':
      return <AttemptMoment attempt={moment.attempt} />;
    case 'leftOut':
      return <LeftOut count={moment.count} />;
    case 'action':
      return <AskedMoment asked={moment.asked} />;
    case 'now':
      return <Now job={job} until={moment.until} />;
    case 'planned':
      return <Planned on={moment.on} number={moment.number} />;
    case 'end':
      return <End job={job} on={moment.on} />;
  }
};

/** The story of a job, from its acceptance to its end or to what is planned. */
export const Timeline = ({ job }: { job: JobDetail }): JSX.Element => {
  const [all, setAll] = useState(false);
  const moments = timelineOf(job);
  const planned = moments.filter(({ kind }) => kind === 'planned');
  const shown = all ? moments : moments.filter((moment) => !planned.slice(plannedShown).includes(moment));
  return (
    <>
      <ol class="timeline">
        {shown.map((moment, index) => (
          <MomentItem key={index} moment={moment} job={job} />
        ))}
      </ol>
      {planned.length <= plannedShown ? null : (
        <Button size="small" appearance="subtle" onClick={() => setAll(!all)}>
          {all ? 'Fewer planned attempts' : `All ${planned.length} planned attempts`}
        </Button>
      )}
    </>
  );
};
