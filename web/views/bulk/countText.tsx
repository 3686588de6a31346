import type { JSX } from 'preact';
import { clockTime } from '../../model/attempts.ts';
import { countText } from '../../model/operationProgress.ts';
import { Banner, ProblemText } from '../../parts/banner.tsx';
import { useNow } from '../../state/useNow.ts';
import type { Counted } from './useBulkCount.ts';

/** How many jobs it would be, and as of when. */
export const CountText = ({ counted, meaning }: { counted: Counted; meaning: string }): JSX.Element => {
  const nowMs = useNow();
  const { value, problem } = counted;
  if (problem !== undefined) {
    return (
      <Banner intent="error">
        <ProblemText problem={problem} />
      </Banner>
    );
  }
  return (
    <p role="status" class="bulk-count">
      {value === undefined ? (
        'Counting the jobs …'
      ) : (
        <>
          <strong>{`${countText(value.count, value.complete)} ${value.count === 1 ? 'job' : 'jobs'}`}</strong>
          {`, as they stand at ${clockTime(value.cutOff, nowMs)}. What arrives later is not touched. This ${meaning}.`}
        </>
      )}
    </p>
  );
};
