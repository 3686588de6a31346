import { afterAction, type AskedAction } from './afterAction.ts';
import { allowedActions } from './jobActions.ts';
import type { JobId } from './jobId.ts';
import type { Nudge } from './nudge.ts';
import type { StoredJob, SystemJob } from './systemJob.ts';

/** What acting on a job needs of the store. */
export interface ActionStore {
  read(id: JobId): Promise<StoredJob | undefined>;
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface ActOnJobDependencies {
  readonly store: ActionStore;
  readonly nudge: Nudge;
  readonly now: () => Date;
  /** Of a bulk operation: why this job does not belong to it (any more); undefined when it does. */
  readonly leftAloneBecause?: (job: SystemJob) => string | undefined;
}

export type ActionAnswer =
  | { readonly kind: 'done'; readonly stored: StoredJob }
  | { readonly kind: 'notFound' }
  /** The status forbids it. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** The caller named a version (If-Match) that is no longer the current one. */
  | { readonly kind: 'stale'; readonly stored: StoredJob };

/** A busy job may change under our hands; beyond this many times something is wrong. */
const mostTries = 20;

/**
 * Does what a person asked: written to the row first, the workflow is nudged second. A lost nudge is repeated by the
 * sweeper.
 *
 * @param isWanted whether a version is one that the person saw; undefined when it does not matter.
 */
export const actOnJob =
  (deps: ActOnJobDependencies) =>
  async (id: JobId, asked: AskedAction, isWanted?: (version: string) => boolean): Promise<ActionAnswer> => {
    const now = deps.now();
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const stored = await deps.store.read(id);
      if (stored === undefined) return { kind: 'notFound' };
      if (isDoneFor(stored.job, asked) || (tries > 1 && isWritten(stored.job, asked, now))) {
        return nudged(deps, stored);
      }
      if (isWanted?.(stored.version) === false) return { kind: 'stale', stored };
      const reason = deps.leftAloneBecause?.(stored.job);
      if (reason !== undefined) return { kind: 'forbidden', reason };
      const after = afterAction(stored.job, asked, now);
      if (after === undefined) return forbidden(stored.job, asked);
      const written = await deps.store.update(stored, after);
      if (written !== 'changed') return nudged(deps, written);
    }
    throw new Error(`Job ${id} changed ${mostTries} times while ${asked.action} was tried.`);
  };

/** A bulk operation acts on a job once, however often its activity runs. */
const isDoneFor = ({ actions }: SystemJob, { operation }: AskedAction): boolean =>
  operation !== undefined && actions.some((action) => action.operation === operation);

/** The write arrived, but its answer got lost and the client's own repetition met the version that it made. */
const isWritten = ({ actions }: SystemJob, { action, by }: AskedAction, now: Date): boolean => {
  const last = actions.at(-1);
  return last?.on === now.toISOString() && last.action === action && last.by === by;
};

const nudged = async ({ nudge }: ActOnJobDependencies, stored: StoredJob): Promise<ActionAnswer> => {
  await nudge(stored.job);
  return { kind: 'done', stored };
};

const forbidden = (job: SystemJob, { action }: AskedAction): ActionAnswer => {
  const allowed = allowedActions(job.status);
  const instead = allowed.length === 0 ? 'Nothing can be asked of it.' : `Possible: ${allowed.join(', ')}.`;
  return {
    kind: 'forbidden',
    reason: `A job that is ${job.status} cannot be asked to ${action}. ${instead}`,
  };
};
