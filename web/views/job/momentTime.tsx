import type { JSX } from 'preact';
import { clockTime } from '../../model/attempts.ts';
import { exactTime, relativeTime } from '../../model/times.ts';
import { useNow } from '../../state/useNow.ts';

/** When something happened: on the clock, and how long ago. */
export const MomentTime = ({ at }: { at: string }): JSX.Element => {
  const nowMs = useNow();
  return (
    <time class="when" dateTime={at} title={exactTime(at)}>
      {`${clockTime(at, nowMs)}, ${relativeTime(at, nowMs)}`}
    </time>
  );
};
