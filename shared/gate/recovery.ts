import { releaseJob } from '../job/heldJob.ts';
import type { JobId } from '../job/jobId.ts';
import type { Nudge } from '../job/nudge.ts';
import type { StoredJob, SystemJob } from '../job/systemJob.ts';
import { afterEvent, type EndpointEvent } from './afterEvent.ts';
import { drainBatch, drainTickMs } from './drainRate.ts';
import { kindOf, type Breaker, type Drain, type EndpointState } from './endpointState.ts';
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts';
import { believedMs } from './gatekeeper.ts';
import type { RecoveryOutcome } from './recoveryWorkflow.ts';

/** What letting go needs of the store. */
export interface HeldStore {
  /** Held jobs of an endpoint, oldest first, `most` at most; of very many, the oldest of those that were looked at. */
  listHeld(endpoint: string, most: number): Promise<readonly JobId[]>;
}

/** Single jobs, as letting go needs them. */
export interface ReleaseStore extends HeldStore {
  read(id: JobId): Promise<StoredJob | undefined>;
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface RecoveryDependencies {
  readonly endpoints: EndpointStore;
  readonly jobs: ReleaseStore;
  readonly nudge: Nudge;
  readonly now: () => Date;
  readonly changed: (state: EndpointState, event: EndpointEvent) => void;
  readonly letGo: (endpoint: string, jobs: number) => void;
}

/** A job that was let through has this long to claim the probe; then the next one is. */
const probeLooksMs = 10_000;

/**
 * A process may believe for a moment that the endpoint is still closed to jobs, and hold one. So the last look for held
 * jobs comes later than that.
 */
const settleMs = 3 * believedMs;

/** Jobs let go at the same time. */
const breadth = 8;

const rested = (because: string): RecoveryOutcome => ({ kind: 'rested', because });

const again = (dueMs: number): RecoveryOutcome => ({ kind: 'again', dueOn: new Date(dueMs).toISOString() });

/** Writes the job's row, then wakes its workflow; a lost wake-up is the sweeper's. False when it is not held any more. */
const release = async ({ jobs, nudge, now }: RecoveryDependencies, id: JobId): Promise<boolean> => {
  const stored = await jobs.read(id);
  const after = stored === undefined ? undefined : releaseJob(stored.job, now());
  if (stored === undefined || after === undefined) return false;
  const written = await jobs.update(stored, after);
  if (written === 'changed') return false;
  await nudge(written.job);
  return true;
};

const releaseAll = async (deps: RecoveryDependencies, ids: readonly JobId[]): Promise<number> => {
  const left = [...ids];
  let count = 0;
  const worker = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      if (await release(deps, id)) count += 1;
    }
  };
  await Promise.all(Array.from({ length: breadth }, worker));
  return count;
};

const probe = async (
  deps: RecoveryDependencies,
  endpoint: string,
  breaker: Exclude<Breaker, { state: 'closed' }>,
): Promise<RecoveryOutcome> => {
  const nowMs = deps.now().getTime();
  const dueMs = Date.parse(breaker.state === 'open' ? breaker.openUntil : breaker.claimedUntil);
  if (dueMs > nowMs) return again(dueMs);
  const [oldest] = await deps.jobs.listHeld(endpoint, 1);
  if (oldest === undefined) return rested('No job is held; the next one is the probe.');
  deps.letGo(endpoint, await releaseAll(deps, [oldest]));
  return again(nowMs + probeLooksMs);
};

/** Undefined when somebody wrote in between. */
const write = async (
  { endpoints, changed, now }: RecoveryDependencies,
  before: StoredEndpoint,
  event: EndpointEvent,
): Promise<StoredEndpoint | undefined> => {
  const after = afterEvent(before.state, event, now());
  const written = after === undefined ? 'changed' : await endpoints.writeState(before, after);
  if (written === 'changed') return undefined;
  if (event.kind !== 'letGo') changed(written.state, event);
  return written;
};

const endDrain = async (
  deps: RecoveryDependencies,
  stored: StoredEndpoint,
  { startedOn }: Drain,
): Promise<RecoveryOutcome> => {
  const nowMs = deps.now().getTime();
  const settledMs = Date.parse(startedOn) + settleMs;
  if (settledMs > nowMs) return again(settledMs);
  const written = await write(deps, stored, { kind: 'drained' });
  return written === undefined ? again(nowMs) : rested('No job is held any more.');
};

const drainStep = async (
  deps: RecoveryDependencies,
  stored: StoredEndpoint,
  drain: Drain,
): Promise<RecoveryOutcome> => {
  const { endpoint } = stored.state;
  const now = deps.now();
  const { jobs, paidUntil } = drainBatch(drain, now);
  const nextMs = now.getTime() + drainTickMs;
  if (jobs === 0) return again(Math.max(nextMs, Date.parse(drain.paidUntil) + 60_000 / drain.perMinute));
  const ids = await deps.jobs.listHeld(endpoint, jobs);
  if (ids.length === 0) return endDrain(deps, stored, drain);
  const paid = await write(deps, stored, { kind: 'letGo', paidUntil });
  if (paid === undefined) return again(now.getTime());
  deps.letGo(endpoint, await releaseAll(deps, ids));
  return again(nextMs);
};

/**
 * One step of an endpoint's recovery: reads its row and does what that says, nothing that it said before. Paused again in
 * the middle, it lets nobody go any more.
 */
export const recoverEndpoint =
  (deps: RecoveryDependencies) =>
  async (endpoint: string): Promise<RecoveryOutcome> => {
    const stored = await deps.endpoints.readState(endpoint);
    const { pause, breaker, drain } = stored.state;
    if (pause !== undefined) return rested('The endpoint is paused.');
    if (breaker.state !== 'closed') return probe(deps, endpoint, breaker);
    return drain === undefined ? rested('The endpoint is running.') : drainStep(deps, stored, drain);
  };

/** Whether the row says that there is work for the recovery now; for the sweeper, which starts it again when it is lost. */
export const needsRecovery = (state: EndpointState, now: Date): boolean => {
  const { breaker } = state;
  switch (kindOf(state)) {
    case 'running':
    case 'paused':
      return false;
    case 'draining':
      return true;
    case 'open':
    case 'halfOpen': {
      if (breaker.state === 'closed') return false;
      const dueOn = breaker.state === 'open' ? breaker.openUntil : breaker.claimedUntil;
      return Date.parse(dueOn) <= now.getTime();
    }
  }
};
