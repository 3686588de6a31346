import type { JSX } from 'preact';
import type { Attempt, JobDetail } from '../../api/jobDetail.ts';
import { attemptOutcomes, durationText } from '../../model/attempts.ts';
import { State } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { Why } from '../../parts/why.tsx';

const Row = ({ attempt }: { attempt: Attempt }): JSX.Element => (
  <tr>
    <th scope="row">{attempt.attempt}</th>
    <td>
      <Time at={attempt.startedOn} />
    </td>
    <td class="number">{durationText(attempt.durationMs)}</td>
    <td>
      <span class={`tone-${attemptOutcomes[attempt.outcome].tone} outcome`}>
        {attemptOutcomes[attempt.outcome].label}
      </span>
    </td>
    <td>{attempt.code ?? ''}</td>
    <td class="words">{attempt.detail ?? attempt.brokerAnswer ?? ''}</td>
    <td>
      <Time at={attempt.nextOn} />
    </td>
  </tr>
);

/** All attempts that are kept, in a table. */
export const AttemptsTab = ({ job }: { job: JobDetail }): JSX.Element => {
  if (job.attempts.length === 0) {
    return (
      <State title="No attempts yet">
        <p>
          <Why text={job.friendlyMessage} />
        </p>
      </State>
    );
  }
  return (
    <div class="scroller" tabIndex={0} role="region" aria-label="Attempts">
      <table class="attempts">
        <caption>
          {job.attempts.length === job.attemptCount
            ? `${job.attemptCount} ${job.attemptCount === 1 ? 'attempt' : 'attempts'}`
            : `The first and the latest of ${job.attemptCount} attempts`}
        </caption>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Started</th>
            <th scope="col">Took</th>
            <th scope="col">Outcome</th>
            <th scope="col">Error</th>
            <th scope="col">Answer</th>
            <th scope="col">Next planned</th>
          </tr>
        </thead>
        <tbody>
          {job.attempts.map((attempt) => (
            <Row key={attempt.attempt} attempt={attempt} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
