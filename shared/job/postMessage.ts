import type { ServiceEndpoint } from '../endpoint/serviceEndpoint.ts';
import type { Gate } from '../gate/gatekeeper.ts';
import type { Passage } from '../gate/gateOf.ts';
import { afterAttempt, type FinishedAttempt } from './afterAttempt.ts';
import { decide, inProgress } from './beforeAttempt.ts';
import { deliver, type DeliverDependencies } from './deliver.ts';
import { holdJob } from './heldJob.ts';
import type { JobId } from './jobId.ts';
import { isResting } from './jobStatus.ts';
import type { Nudge } from './nudge.ts';
import { jobIsGone, outcomeOf, type DeliveredAttempt, type PostOutcome } from './postOutcome.ts';
import type { StoredJob, StoredJobWithBody, SystemJob } from './systemJob.ts';

/** What posting needs of the store. */
export interface AttemptStore {
  /** Undefined when there is no such job. */
  read(id: JobId): Promise<StoredJob | undefined>;
  readWithBody(id: JobId): Promise<StoredJobWithBody | undefined>;
  /** Writes what differs; `changed` when somebody wrote in between (nothing is written then). */
  update(before: StoredJob, after: SystemJob): Promise<StoredJob | 'changed'>;
}

export interface PostMessageDependencies extends DeliverDependencies {
  readonly store: AttemptStore;
  readonly endpointNamed: (name: string) => ServiceEndpoint | undefined;
  readonly gate: Gate;
  readonly now: () => Date;
  /** Calls back after `ms` milliseconds unless the returned function is called before. */
  readonly after: (ms: number, call: () => void) => () => void;
  readonly attemptFinished: (job: SystemJob, finished: FinishedAttempt) => void;
  /** The row of a job that has a workflow is not there (any more). */
  readonly jobMissing: (id: JobId) => void;
  /** Has the workflow look at the row again, in case it sleeps by what another run of the activity told it. */
  readonly wake: Nudge;
}

export interface PostMessageInput {
  readonly jobId: JobId;
  readonly attempt: number;
  /** Made by an earlier run that could not write it down; nothing is sent then. */
  readonly delivered?: DeliveredAttempt;
}

/** A send that lasts longer than this is shown as In Progress; a quick one is spared the write. */
const slowAfterMs = 1000;

/** Policy of an endpoint that is gone from the file; its only failure suspends, so nothing is computed from it. */
const noPolicy = {
  firstDelaySeconds: 1,
  factor: 1,
  longestDelaySeconds: 1,
  totalHours: 1,
  maxAttempts: 1,
} as const;

/**
 * The activity of a system job: reads the row, does what it says, makes at most one attempt and records it. May run
 * twice, even at the same time: the message keeps its id, and each write names the version it was made from. The workflow
 * takes the outcome of whichever run ends first; one that writes after that wakes it.
 */
export const postMessage =
  (deps: PostMessageDependencies) =>
  async ({ jobId, attempt, delivered }: PostMessageInput): Promise<PostOutcome> => {
    const stored = await deps.store.readWithBody(jobId);
    if (stored === undefined) return gone(deps, jobId);
    if (delivered !== undefined) return recordDelivered(deps, stored, delivered);
    const decision = decide(stored.job, attempt, deps.now());
    if (decision.kind === 'leave') return outcomeOf(stored.job);
    if (decision.kind === 'post') return atGate(deps, stored, attempt);
    return written(deps, stored, decision.job);
  };

const written = async (
  deps: PostMessageDependencies,
  stored: StoredJob,
  job: SystemJob,
): Promise<PostOutcome> => {
  const after = await deps.store.update(stored, job);
  return after === 'changed' ? lookAgain(stored.job, deps.now()) : outcomeOf(after.job);
};

/** A job that is held is written down as such and waits; it makes no attempt. */
const atGate = async (
  deps: PostMessageDependencies,
  stored: StoredJobWithBody,
  attempt: number,
): Promise<PostOutcome> => {
  const endpoint = deps.endpointNamed(stored.job.endpoint);
  if (endpoint === undefined) return attemptOnce(deps, stored, attempt, endpoint, { kind: 'pass' });
  const passage = await deps.gate.ask(endpoint, stored.job);
  if (passage.kind !== 'held') return attemptOnce(deps, stored, attempt, endpoint, passage);
  return written(deps, stored, holdJob(stored.job, passage.reason, passage.lookAgainOn, deps.now()));
};

const gone = (deps: PostMessageDependencies, id: JobId): PostOutcome => {
  deps.jobMissing(id);
  return jobIsGone;
};

const recordDelivered = (
  deps: PostMessageDependencies,
  stored: StoredJob,
  { attempt, startedOn, endedOn, delivery, sent }: DeliveredAttempt,
): Promise<PostOutcome> =>
  recorded(deps, stored, deps.endpointNamed(stored.job.endpoint), {
    attempt,
    plannedOn: stored.job.postponeUntil,
    startedOn: new Date(startedOn),
    endedOn: new Date(endedOn),
    delivery,
    sent,
  });

/** Somebody wrote at the same moment: let the workflow run the activity again at once. */
const lookAgain = (job: SystemJob, now: Date): PostOutcome => ({
  kind: 'retryLater',
  dueOn: now.toISOString(),
  attempt: job.attemptCount + 1,
});

const attemptOnce = async (
  deps: PostMessageDependencies,
  stored: StoredJobWithBody,
  attempt: number,
  endpoint: ServiceEndpoint | undefined,
  passage: Passage,
): Promise<PostOutcome> => {
  const startedOn = deps.now();
  const jobId = stored.job.id;
  const slow = showWhenSlow(deps, stored, startedOn);
  const { delivery, sent } = await deliver(deps, stored, endpoint).finally(slow.stop);
  const plannedOn = stored.job.postponeUntil;
  const finished = { attempt, plannedOn, startedOn, endedOn: deps.now(), delivery, sent };
  // Beside each other: neither does a probe's result wait for the job's row, nor the record for the endpoint's.
  const told = endpoint === undefined ? undefined : deps.gate.finished(endpoint, jobId, passage, finished);
  try {
    return await recordedOrKept(deps, await slow.latest(), endpoint, finished);
  } finally {
    await told;
  }
};

/** A delivery that cannot be recorded is given to the workflow, which has it recorded without sending again. */
const recordedOrKept = async (
  deps: PostMessageDependencies,
  latest: StoredJob,
  endpoint: ServiceEndpoint | undefined,
  finished: FinishedAttempt,
): Promise<PostOutcome> => {
  const { attempt, startedOn, endedOn, delivery, sent } = finished;
  if (delivery.kind === 'failed') return recorded(deps, latest, endpoint, finished);
  try {
    return await recorded(deps, latest, endpoint, finished);
  } catch {
    // The store's error is met again, and thrown, by the run that only records.
    return {
      kind: 'unrecorded',
      delivered: {
        attempt,
        startedOn: startedOn.toISOString(),
        endedOn: endedOn.toISOString(),
        delivery,
        sent,
      },
    };
  }
};

const recorded = async (
  deps: PostMessageDependencies,
  from: StoredJob,
  endpoint: ServiceEndpoint | undefined,
  finished: FinishedAttempt,
): Promise<PostOutcome> => {
  const record = await recordOnRow(deps, from, endpoint, finished);
  if (record === undefined) return gone(deps, from.job.id);
  const { job, isAlone } = record;
  deps.attemptFinished(job, finished);
  if (!isAlone) await deps.wake(job);
  return outcomeOf(job);
};

/** Marks the job In Progress once the attempt is slow, and tells which version the record has to follow. */
const showWhenSlow = (deps: PostMessageDependencies, stored: StoredJob, startedOn: Date) => {
  let latest: Promise<StoredJob> = Promise.resolve(stored);
  const stop = deps.after(slowAfterMs, () => {
    // A lost or refused mark costs nothing: the record that follows reads the row again where it must.
    latest = deps.store.update(stored, inProgress(stored.job, startedOn, deps.now())).then(
      (written) => (written === 'changed' ? stored : written),
      () => stored,
    );
  });
  return { stop, latest: () => latest };
};

/** Another run of the same attempt, or a person, was first; only a delivery still has something to add. */
const isSettled = (job: SystemJob, { attempt, delivery }: FinishedAttempt): boolean =>
  delivery.kind === 'delivered'
    ? job.status === 'Succeeded'
    : isResting(job.status) || job.attemptCount >= attempt;

interface Recorded {
  /** As it stands then. */
  readonly job: SystemJob;
  /**
   * Nobody wrote since the attempt began. Another run that did, and held the job or failed, may have told the workflow a
   * later time than the row has now.
   */
  readonly isAlone: boolean;
}

/**
 * Writes the attempt down, following whoever wrote in between.
 *
 * @returns undefined when the job is gone.
 */
const recordOnRow = async (
  deps: PostMessageDependencies,
  from: StoredJob,
  endpoint: ServiceEndpoint | undefined,
  finished: FinishedAttempt,
): Promise<Recorded | undefined> => {
  let before: StoredJob | undefined = from;
  while (before !== undefined) {
    const isAlone = before === from;
    if (isSettled(before.job, finished)) return { job: before.job, isAlone };
    const after = afterAttempt(before.job, endpoint?.retry ?? noPolicy, finished);
    const written = await deps.store.update(before, after);
    if (written !== 'changed') return { job: written.job, isAlone };
    before = await deps.store.read(from.job.id);
  }
  return undefined;
};
