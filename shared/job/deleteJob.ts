import type { JobId } from './jobId.ts';
import type { WorkflowStarter } from './nudge.ts';
import type { StoredJob } from './systemJob.ts';

/** What deleting a job needs of the store. */
export interface DeletionStore {
  read(id: JobId): Promise<StoredJob | undefined>;
  /** Removes the job and its entry of the attention index together; `changed` when somebody wrote in between. */
  remove(before: StoredJob): Promise<'removed' | 'changed' | 'missing'>;
}

export interface DeleteJobDependencies {
  readonly store: DeletionStore;
  readonly starter: Pick<WorkflowStarter, 'wake'>;
  /** Is told when the workflow could not be woken; it ends by itself at its next activity. */
  readonly wakeFailed: (id: JobId, error: unknown) => void;
}

export type DeletionAnswer =
  | { readonly kind: 'deleted'; readonly stored: StoredJob }
  | { readonly kind: 'notFound' }
  /** The caller named a version (If-Match) that is no longer the current one. */
  | { readonly kind: 'stale'; readonly stored: StoredJob };

/** A busy job may change under our hands; beyond this many times something is wrong. */
const mostTries = 20;

/**
 * Deletes a job, whatever its status (Dataverse allows "Delete" in any state). Its workflow is woken, finds no row and
 * ends. An attempt under way may still deliver its message; there is no row any more to say so.
 *
 * @param isWanted whether a version is one that the person saw; undefined when it does not matter.
 */
export const deleteJob =
  (deps: DeleteJobDependencies) =>
  async (id: JobId, isWanted?: (version: string) => boolean): Promise<DeletionAnswer> => {
    let seen: StoredJob | undefined;
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const stored = await deps.store.read(id);
      // Gone after we asked for it: ours, whose answer was lost, or somebody else's. It is deleted either way.
      if (stored === undefined) return seen === undefined ? { kind: 'notFound' } : deleted(deps, seen);
      if (isWanted?.(stored.version) === false) return { kind: 'stale', stored };
      seen = stored;
      if ((await deps.store.remove(stored)) === 'removed') return deleted(deps, stored);
    }
    throw new Error(`Job ${id} changed ${mostTries} times while it was to be deleted.`);
  };

const deleted = async (
  { starter, wakeFailed }: DeleteJobDependencies,
  stored: StoredJob,
): Promise<DeletionAnswer> => {
  try {
    await starter.wake(stored.job.id);
  } catch (error) {
    wakeFailed(stored.job.id, error);
  }
  return { kind: 'deleted', stored };
};
