import type { JSX } from 'preact';
import type { BulkAction, OperationFilter } from '../../api/operations.ts';
import { holdingBack } from '../../model/holdingBack.ts';
import { Banner } from '../../parts/banner.tsx';
import { usePage } from '../../state/page.ts';

/** That jobs would be held instead of tried. */
export const HeldHint = ({
  action,
  filter,
}: {
  action: BulkAction;
  filter: OperationFilter;
}): JSX.Element | null => {
  const hint = holdingBack(action, filter, usePage().summary.value?.endpoints ?? []);
  return hint === undefined ? null : <Banner intent="warning">{hint}</Banner>;
};
