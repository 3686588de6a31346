import type { JSX } from 'preact';
import type { Attempt } from '../../api/jobDetail.ts';
import { attemptOutcomes, durationText } from '../../model/attempts.ts';
import { Copyable } from '../../parts/copyable.tsx';
import { Facts } from '../../parts/facts.tsx';
import { MomentTime } from './momentTime.tsx';
import { PropertiesTable } from './propertiesTable.tsx';

const copyOrNothing = (text: string | undefined, what: string): JSX.Element | null =>
  text === undefined ? null : <Copyable text={text} what={what} />;

/** What was sent: the evidence that is kept of each attempt. */
const Sent = ({ attempt }: { attempt: Attempt }): JSX.Element => (
  <details class="sent">
    <summary>What was sent</summary>
    <Facts
      rows={[
        ['Message id', copyOrNothing(attempt.messageId, 'message id')],
        ['Content type', attempt.contentType ?? null],
        ['Size', attempt.bytes === undefined ? null : `${attempt.bytes.toLocaleString('en')} bytes`],
        ['SHA-256', copyOrNothing(attempt.sha256, 'digest')],
        ['Signed in as', attempt.identity ?? null],
        ['Left out', attempt.stripped === undefined ? null : attempt.stripped.join(', ')],
      ]}
    />
    <PropertiesTable
      caption={`Properties of attempt ${attempt.attempt}`}
      properties={attempt.properties ?? {}}
    />
  </details>
);

const hasEvidence = ({ messageId, sha256, bytes, identity, properties, stripped }: Attempt): boolean =>
  [messageId, sha256, bytes, identity, properties, stripped].some((each) => each !== undefined);

/** One attempt: when, how long, what was answered, what was sent. */
export const AttemptMoment = ({ attempt }: { attempt: Attempt }): JSX.Element => {
  const { label, tone } = attemptOutcomes[attempt.outcome];
  return (
    <li class={`moment attempt tone-${tone}`}>
      <h2>Attempt {attempt.attempt}</h2> <MomentTime at={attempt.startedOn} />
      <p>
        <strong class="outcome">{label}</strong>
        {attempt.code === undefined ? null : (
          <>
            {' '}
            <code>{attempt.code}</code>
          </>
        )}{' '}
        after {durationText(attempt.durationMs)}.
      </p>
      {attempt.detail === undefined ? null : <p class="words">{attempt.detail}</p>}
      {attempt.brokerAnswer === undefined || attempt.brokerAnswer === attempt.detail ? null : (
        <p class="words">Answer: {attempt.brokerAnswer}</p>
      )}
      {hasEvidence(attempt) ? <Sent attempt={attempt} /> : null}
    </li>
  );
};
