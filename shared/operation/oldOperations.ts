import type { OldOperationStore } from './operationStore.ts';

export interface OldOperationsDependencies {
  readonly operations: OldOperationStore;
  readonly now: () => Date;
}

/** How long an operation is kept after it was asked for. */
export const keptMs = 90 * 24 * 3_600_000;

/** Bounds of one run; what is left is for the next one, a minute later. */
const mostOperations = 20;
const mostPieces = 50;
const mostMs = 20_000;

/**
 * For the sweeper: removes operations that are over and were asked for long ago, their results first, so that one that
 * is half removed is found again.
 *
 * @returns how many were removed.
 */
export const removeOldOperations = async ({
  operations,
  now,
}: OldOperationsDependencies): Promise<number> => {
  const startMs = now().getTime();
  const old = await operations.listOver(new Date(startMs - keptMs), mostOperations);
  let [pieces, removed] = [0, 0];
  for (const id of old) {
    let isEmpty = false;
    while (!isEmpty) {
      if (pieces === mostPieces || now().getTime() - startMs > mostMs) return removed;
      pieces += 1;
      isEmpty = await operations.removeResults(id);
    }
    await operations.remove(id);
    removed += 1;
  }
  return removed;
};
