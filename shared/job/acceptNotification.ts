import { filteredOutBecause } from '../endpoint/filter.ts';
import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Notification } from '../notification/notification.ts';
import { refuse, type Refusal } from '../notification/refusal.ts';
import type { JobId } from './jobId.ts';
import { newJob } from './newJob.ts';
import type { WorkflowStarter } from './nudge.ts';
import type { StoredJob, SystemJob } from './systemJob.ts';

/** What accepting needs of the store. */
export interface AcceptStore {
  insert(job: SystemJob, body: Uint8Array): Promise<'inserted' | 'exists'>;
  read(id: JobId): Promise<StoredJob | undefined>;
}

export interface AcceptDependencies {
  readonly store: AcceptStore;
  readonly starter: Pick<WorkflowStarter, 'start'>;
  readonly startFailed: (id: JobId, error: unknown) => void;
  readonly now: () => Date;
  readonly maxDepth: number;
}

export interface Accepted {
  readonly kind: 'accepted';
  readonly jobId: JobId;
  readonly duplicate: boolean;
}

export type Acceptance = Accepted | { readonly kind: 'filteredOut'; readonly reason: string } | Refusal;

/**
 * Takes a notification over: stored first, started second, answered third. Once stored it is accepted, even if the
 * start fails; the sweeper starts it then.
 *
 * @throws whatever the store throws; nothing is promised to the caller then.
 */
export const acceptNotification =
  (deps: AcceptDependencies) =>
  async (notification: Notification, endpoint: ServiceEndpoint): Promise<Acceptance> => {
    const tooDeep = depthRefusal(notification, deps.maxDepth);
    if (tooDeep !== undefined) return tooDeep;
    const reason = filteredOutBecause(endpoint.filter, notification);
    if (reason !== undefined) return { kind: 'filteredOut', reason };
    const job = newJob(notification, deps.now());
    if ((await deps.store.insert(job, notification.body)) === 'exists') return acceptAgain(deps, job);
    await startOrLeave(deps, job.id, 1);
    return { kind: 'accepted', jobId: job.id, duplicate: false };
  };

/** The refusal of an operation that is nested too deeply. */
export const depthRefusal = ({ depth }: Notification, maxDepth: number): Refusal | undefined =>
  depth > maxDepth
    ? refuse('DepthExceeded', `Depth is ${depth}; at most ${maxDepth} is taken (setting BRIDGE_MAX_DEPTH).`)
    : undefined;

/** The same notification once more: the same job, started in case it never was. */
const acceptAgain = async (deps: AcceptDependencies, job: SystemJob): Promise<Acceptance> => {
  const stored = await deps.store.read(job.id);
  if (stored === undefined) throw new Error(`Job ${job.id} was deleted while its notification came again.`);
  if (stored.job.bodyDigest !== job.bodyDigest) {
    return refuse('IdempotencyKeyReused', `Job ${job.id} was made from another body with the same key.`);
  }
  if (stored.job.status === 'WaitingForResources') {
    await startOrLeave(deps, job.id, stored.job.attemptCount + 1);
  }
  return { kind: 'accepted', jobId: job.id, duplicate: true };
};

const startOrLeave = async (deps: AcceptDependencies, id: JobId, attempt: number): Promise<void> => {
  try {
    await deps.starter.start(id, attempt);
  } catch (error) {
    deps.startFailed(id, error);
  }
};
