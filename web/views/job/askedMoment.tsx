import type { JSX } from 'preact';
import type { Asked } from '../../api/jobDetail.ts';
import { askedWords, clockTime } from '../../model/attempts.ts';
import { useNow } from '../../state/useNow.ts';
import { MomentTime } from './momentTime.tsx';

/** What a person did. */
export const AskedMoment = ({ asked }: { asked: Asked }): JSX.Element => {
  const nowMs = useNow();
  const until = asked.until === undefined ? '' : ` until ${clockTime(asked.until, nowMs)}`;
  return (
    <li class="moment asked">
      <h2>{`${asked.by} ${askedWords[asked.action] ?? `asked to ${asked.action}`}${until}`}</h2>{' '}
      <MomentTime at={asked.on} />
      {asked.reason === undefined || asked.reason === '' ? null : <p>Reason: {asked.reason}</p>}
    </li>
  );
};
