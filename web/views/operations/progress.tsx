import type { JSX } from 'preact';
import type { OperationView } from '../../api/operations.ts';
import { countText, isOver, percentDone } from '../../model/operationProgress.ts';
import { Time } from '../../parts/time.tsx';

const Count = ({
  count,
  children,
  tone,
}: {
  count: number;
  children: string;
  tone?: string;
}): JSX.Element => (
  <div class={`figure${tone === undefined || count === 0 ? '' : ` tone-${tone}`}`}>
    <strong>{count.toLocaleString('en')}</strong> {children}
  </div>
);

/** How far an operation is, and what came of the jobs that it dealt with. */
export const Progress = ({ operation }: { operation: OperationView }): JSX.Element => {
  const { counted, countedAll, done, refused, missing, failed, outcomes, estimatedEndOn } = operation;
  const percent = percentDone(operation);
  return (
    <>
      <div class="progress">
        <fluent-progress-bar
          min={0}
          max={100}
          value={percent}
          role="progressbar"
          aria-label="Jobs dealt with"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        />
        <span>{`${percent} % of ${countText(counted, countedAll)} jobs`}</span>
        {isOver(operation) || estimatedEndOn === null ? null : (
          <span class="hint">
            done <Time at={estimatedEndOn} />
          </span>
        )}
      </div>
      <div class="figures">
        <Count count={done}>done</Count>
        <Count count={refused} tone="caution">
          refused
        </Count>
        <Count count={missing} tone="caution">
          missing
        </Count>
        <Count count={failed} tone="bad">
          failed
        </Count>
        <Count count={outcomes.succeeded} tone="good">
          succeeded since
        </Count>
        <Count count={outcomes.failedAgain} tone="bad">
          failed again
        </Count>
        <Count count={outcomes.pending}>pending</Count>
      </div>
    </>
  );
};
