import type { Operation, StoredOperation } from './operation.ts';
import type { OperationId } from './operationId.ts';
import type { SingleOperationStore } from './operationStore.ts';
import { afterCancelAsked } from './progress.ts';

export interface CancelDependencies {
  readonly operations: Pick<SingleOperationStore, 'read' | 'update'>;
  readonly now: () => Date;
}

export type CancelAnswer =
  | { readonly kind: 'done' | 'forbidden' | 'stale'; readonly stored: StoredOperation }
  | { readonly kind: 'notFound' };

/** An operation is written about once a second; beyond this many times something is wrong. */
const mostTries = 20;

const isCancelAsked = ({ status }: Operation): boolean => status === 'Canceling' || status === 'Canceled';

/**
 * Asks an operation to end: the row is the request, and its next activity stops acting.
 *
 * @param isWanted whether a version is one that the person saw.
 */
export const cancelOperation =
  ({ operations, now }: CancelDependencies) =>
  async (
    id: OperationId,
    by: string,
    isWanted: (version: string) => boolean = () => true,
  ): Promise<CancelAnswer> => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const stored = await operations.read(id);
      if (stored === undefined) return { kind: 'notFound' };
      // Our own write whose answer was lost, or somebody else's cancel: it is asked for either way.
      if (tries > 1 && isCancelAsked(stored.operation)) return { kind: 'done', stored };
      if (!isWanted(stored.version)) return { kind: 'stale', stored };
      const after = afterCancelAsked(stored.operation, by, now());
      if (after === undefined) return { kind: 'forbidden', stored };
      const written = await operations.update(stored, after);
      if (written !== 'changed') return { kind: 'done', stored: written };
    }
    throw new Error(`Operation ${id} changed ${mostTries} times while cancel was tried.`);
  };
