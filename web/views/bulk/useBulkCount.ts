import { useEffect, useState } from 'preact/hooks';
import type { BulkAction, BulkCount, OperationFilter } from '../../api/operations.ts';
import type { Problem } from '../../api/shapes.ts';
import { usePage } from '../../state/page.ts';

export interface Counted {
  readonly value: BulkCount | undefined;
  readonly problem: Problem | undefined;
}

/** A reason is required of every request; that of one which only counts goes nowhere. */
const countingReason = 'count';

/** How many jobs an operation would deal with, as of now. */
export const useBulkCount = (action: BulkAction, filter: OperationFilter): Counted => {
  const { client } = usePage();
  const [counted, setCounted] = useState<Counted>({ value: undefined, problem: undefined });
  useEffect(() => {
    const mine = new AbortController();
    setCounted({ value: undefined, problem: undefined });
    const until = action === 'postpone' ? { until: new Date(Date.now() + 60_000).toISOString() } : {};
    const body = { action, filter, reason: countingReason, dryRun: true, ...until };
    void client<BulkCount>('operations', { method: 'POST', body, signal: mine.signal }).then((result) => {
      if (mine.signal.aborted) return;
      setCounted(
        result.kind === 'ok'
          ? { value: result.value, problem: undefined }
          : { value: undefined, problem: result.problem },
      );
    });
    return () => mine.abort();
  }, [client, action, filter]);
  return counted;
};
