import { inParallel } from './inParallel.ts';
import { removeOldOperations } from './oldOperations.ts';
import type { OperationId } from './operationId.ts';
import type { OldOperationStore, OperationListStore } from './operationStore.ts';

/**
 * Makes the workflow of an operation look at its row; never throws.
 *
 * @param isLong it stands still although it was nudged for minutes: its workflow is ended if that does not move either.
 */
export type NudgeOperation = (id: OperationId, isLong?: boolean) => Promise<boolean>;

export interface NudgeOperationsDependencies {
  readonly operations: Pick<OperationListStore, 'listStalled'> & OldOperationStore;
  readonly nudge: NudgeOperation;
  readonly now: () => Date;
}

/** All planned pauses are shorter; an operation that was not written for so long has lost its workflow. */
const stalledMs = 3 * 60_000;

/** A dozen nudges did not help. */
const longMs = 15 * 60_000;

/** Operations nudged at once. */
const breadth = 16;

/**
 * For the sweeper: nudges operations that are not over and do not move, and removes those that are over for long.
 *
 * @returns how many were nudged.
 */
export const nudgeOperations = async ({
  operations,
  nudge,
  now,
}: NudgeOperationsDependencies): Promise<number> => {
  const nowMs = now().getTime();
  const stalled = await operations.listStalled(new Date(nowMs - stalledMs));
  await inParallel(stalled, breadth, async ({ id, modifiedOn }) => {
    await nudge(id, nowMs - modifiedOn.getTime() >= longMs);
  });
  await removeOldOperations({ operations, now });
  return stalled.length;
};
