import type { JSX } from 'preact';
import { exactTime, relativeTime } from '../model/times.ts';
import { useNow } from '../state/useNow.ts';

/** A time as seen from now; exactly, in UTC and local, on hover. A dash when there is none. */
export const Time = ({ at }: { at: string | null | undefined }): JSX.Element => {
  const nowMs = useNow();
  if (at === null || at === undefined) return <span class="none">–</span>;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {relativeTime(at, nowMs)}
    </time>
  );
};
