import type { OperationId } from './operationId.ts';
import type { OperationListStore } from './operationStore.ts';

/** Makes the workflow of an operation look at its row; never throws. */
export type NudgeOperation = (id: OperationId) => Promise<boolean>;

export interface NudgeOperationsDependencies {
  readonly operations: Pick<OperationListStore, 'listStanding'>;
  readonly nudge: NudgeOperation;
  readonly now: () => Date;
}

/** All planned pauses are shorter; an operation that was not written for so long has lost its workflow. */
const standingMs = 3 * 60_000;

/**
 * For the sweeper: nudges operations that are not over and do not move.
 *
 * @returns how many were nudged.
 */
export const nudgeOperations = async ({
  operations,
  nudge,
  now,
}: NudgeOperationsDependencies): Promise<number> => {
  const standing = await operations.listStanding(new Date(now().getTime() - standingMs));
  for (const id of standing) await nudge(id);
  return standing.length;
};
