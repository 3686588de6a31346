import { releaseJob } from '../job/heldJob.ts';
import type { JobId } from '../job/jobId.ts';
import type { Nudge } from '../job/nudge.ts';
import type { StoredJob, SystemJob } from '../job/systemJob.ts';
import { UnreadableJob, type ReportUnreadable } from '../job/unreadableJob.ts';
import type { Again } from '../workflow/stepByStep.ts';
import { afterEvent, type EndpointEvent } from './afterEvent.ts';
import { drainBatch, drainTickMs } from './drainRate.ts';
import { kindOf, probeDueOn, type Breaker, type Drain, type EndpointState } from './endpointState.ts';
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts';
import { believedMs } from './gatekeeper.ts';

/** Input of an endpoint's recovery. */
export interface RecoveryInput {
  readonly endpoint: string;
  /** Runs of the activity in a row that failed (storage out of reach). */
  readonly faults: number;
}

/** Nothing is left to do. An opening breaker, a person or the sweeper starts the recovery again. */
export interface Rested {
  readonly kind: 'rested';
  readonly because: string;
}

/** What one run of the recovery activity tells the workflow. */
export type RecoveryOutcome = Rested | Required<Again>;

/** Held jobs of an endpoint, as far as the attention index was read. */
export interface HeldJobs {
  /** Oldest first. */
  readonly ids: readonly JobId[];
  /** False when the index is longer than what was read of it: there may be older ones, and others if there are none. */
  readonly complete: boolean;
}

/** What letting go needs of the store. */
export interface HeldStore {
  /** Held jobs of an endpoint, `most` at most. */
  listHeld(endpoint: string, most: number): Promise<HeldJobs>;
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
  readonly unreadable: ReportUnreadable;
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

/** Longest that a batch takes to begin its jobs; the engine may be slow, and an activity must end in time. */
const batchMs = 20_000;

/** Jobs looked at beyond those that may go: some may be damaged, gone, or in a person's hand meanwhile. */
const spare = 1000;

const rested = (because: string): RecoveryOutcome => ({ kind: 'rested', because });

const again = (dueMs: number): RecoveryOutcome => ({ kind: 'again', dueOn: new Date(dueMs).toISOString() });

/** A row that cannot be read keeps nobody else; its job stays held, in the list of what needs attention. */
const readOrReport = async (
  { jobs, unreadable }: RecoveryDependencies,
  id: JobId,
): Promise<StoredJob | undefined> => {
  try {
    return await jobs.read(id);
  } catch (error) {
    if (!(error instanceof UnreadableJob)) throw error;
    unreadable(error);
    return undefined;
  }
};

/** Writes the job's row, then wakes its workflow; a lost wake-up is the sweeper's. False when it is not held any more. */
const release = async (deps: RecoveryDependencies, id: JobId): Promise<boolean> => {
  const { jobs, nudge, now } = deps;
  const stored = await readOrReport(deps, id);
  const after = stored === undefined ? undefined : releaseJob(stored.job, now());
  if (stored === undefined || after === undefined) return false;
  const written = await jobs.update(stored, after);
  if (written === 'changed') return false;
  await nudge(written.job);
  return true;
};

interface Batch {
  readonly jobs: number;
  /** Time ran out before all were looked at. */
  readonly isCut: boolean;
}

/** Lets go the first `most` that can be; those that are not begun in time stay held. */
const releaseFirst = async (
  deps: RecoveryDependencies,
  ids: readonly JobId[],
  most: number,
): Promise<Batch> => {
  const endMs = deps.now().getTime() + batchMs;
  const left = [...ids];
  let places = most;
  const isLate = (): boolean => deps.now().getTime() >= endMs;
  const lane = async (): Promise<void> => {
    while (places > 0 && !isLate()) {
      const id = left.shift();
      if (id === undefined) return;
      places -= 1;
      if (!(await release(deps, id))) places += 1;
    }
  };
  await Promise.all(Array.from({ length: breadth }, lane));
  return { jobs: most - places, isCut: places > 0 && left.length > 0 };
};

const probe = async (
  deps: RecoveryDependencies,
  endpoint: string,
  breaker: Exclude<Breaker, { state: 'closed' }>,
): Promise<RecoveryOutcome> => {
  const nowMs = deps.now().getTime();
  const dueMs = Date.parse(probeDueOn(breaker));
  if (dueMs > nowMs) return again(dueMs);
  const { ids, complete } = await deps.jobs.listHeld(endpoint, 1 + spare);
  const { jobs, isCut } = await releaseFirst(deps, ids, 1);
  if (jobs === 0 && complete && !isCut) return rested('No job is held; the next one is the probe.');
  deps.letGo(endpoint, jobs);
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
  const { ids, complete } = await deps.jobs.listHeld(endpoint, jobs + spare);
  if (ids.length === 0) return complete ? endDrain(deps, stored, drain) : again(nextMs);
  const paid = await write(deps, stored, { kind: 'letGo', paidUntil });
  if (paid === undefined) return again(now.getTime());
  const batch = await releaseFirst(deps, ids, jobs);
  deps.letGo(endpoint, batch.jobs);
  // What is left can never be let go: damaged rows, entries of the index without a job. It keeps no drain going.
  if (batch.jobs === 0 && complete && !batch.isCut) return endDrain(deps, paid, drain);
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
      const dueOn = probeDueOn(breaker);
      return Date.parse(dueOn) <= now.getTime();
    }
  }
};
