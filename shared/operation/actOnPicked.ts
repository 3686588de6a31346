import { actOnJob, type ActionAnswer, type ActOnJobDependencies } from '../job/actOnJob.ts';
import { deleteJob, type DeleteJobDependencies } from '../job/deleteJob.ts';
import type { JobId } from '../job/jobId.ts';
import type { StoredJob, SystemJob } from '../job/systemJob.ts';
import { UnreadableJob } from '../job/unreadableJob.ts';
import { hasOutcomes } from './bulkAction.ts';
import { currentStep } from './canary.ts';
import { inParallel } from './inParallel.ts';
import type { JobResult, Operation } from './operation.ts';
import { leftAloneBecause } from './operationFilter.ts';
import type { ResultStore } from './operationStore.ts';
import { gapMs } from './rate.ts';

export interface ActOnPickedDependencies {
  readonly jobs: ActOnJobDependencies['store'] & DeleteJobDependencies['store'];
  readonly nudge: ActOnJobDependencies['nudge'];
  readonly starter: DeleteJobDependencies['starter'];
  readonly wakeFailed: DeleteJobDependencies['wakeFailed'];
  /** Is told of each job that was deleted, and by whom. */
  readonly deleted: (job: SystemJob, by: string) => void;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Acts {
  readonly results: readonly JobResult[];
  /** The last fault of ours; its job is left for the next run. */
  readonly fault: Error | undefined;
}

type Result = Pick<JobResult, 'result' | 'detail'>;

type Act = (id: JobId) => Promise<Result>;

/** Jobs acted on at once, where acting takes longer than the rate allows for one. */
const breadth = 16;

/** Runs in a row that acting may fail through our fault before that is the result of a job. */
const mostFaults = 10;

/** Times that a job may change under our hands while it is deleted. */
const mostTries = 5;

const missing: Result = { result: 'missing', detail: 'There is no such job any more.' };

const refused = (detail: string): Result => ({ result: 'refused', detail });

const resultOf = (answer: ActionAnswer): Result => {
  switch (answer.kind) {
    case 'done':
      return { result: 'done', detail: answer.stored.job.friendlyMessage };
    case 'notFound':
      return missing;
    case 'forbidden':
      return refused(answer.reason);
    case 'stale':
      return refused('It changed at the same moment.');
  }
};

/** A job that was found by the operation and is not there any more is deleted: perhaps by a run of it that died. */
const goneResult = ({ filter }: Operation): Result =>
  filter.ids === undefined ? { result: 'done', detail: 'Deleted.' } : missing;

const deletes =
  ({ jobs, starter, wakeFailed, deleted }: ActOnPickedDependencies, operation: Operation): Act =>
  async (id) => {
    const remove = deleteJob({ store: jobs, starter, wakeFailed });
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const stored = await jobs.read(id);
      if (stored === undefined) return goneResult(operation);
      const reason = leftAloneBecause(operation, stored.job);
      if (reason !== undefined) return refused(reason);
      const answer = await remove(id, (version) => version === stored.version);
      if (answer.kind === 'notFound') return goneResult(operation);
      if (answer.kind === 'deleted') {
        deleted(answer.stored.job, operation.by);
        return { result: 'done', detail: 'Deleted.' };
      }
    }
    throw new Error(`Job ${id} changed ${mostTries} times while it was to be deleted.`);
  };

const actFor = (deps: ActOnPickedDependencies, operation: Operation): Act => {
  const { id: operationId, action, by, reason, until } = operation;
  if (action === 'delete') return deletes(deps, operation);
  const act = actOnJob({
    store: deps.jobs,
    nudge: deps.nudge,
    now: deps.now,
    leftAloneBecause: (job) => leftAloneBecause(operation, job),
  });
  return async (id) => resultOf(await act(id, { action, by, reason, until, operation: operationId }));
};

const jobResult = (operation: Operation, jobId: JobId, result: Result): JobResult => ({
  jobId,
  ...result,
  step: currentStep(operation.steps),
  outcome: result.result === 'done' && hasOutcomes(operation.action) ? 'pending' : undefined,
});

/** Lets the jobs of a chunk come one after the other. */
const pacer = ({ now, sleep }: ActOnPickedDependencies, operation: Operation) => {
  const { picked, nextPickOn, ratePerMinute } = operation;
  const startedMs = now().getTime();
  const gap = gapMs(picked.length, nextPickOn, now(), ratePerMinute);
  return async (index: number): Promise<void> => {
    const earlyMs = startedMs + index * gap - now().getTime();
    if (earlyMs > 0) await sleep(earlyMs);
  };
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/**
 * Acts on the jobs that an operation has taken. A job that carries the operation's id among its actions was acted on by
 * a run that died: it counts as done and is only nudged again.
 *
 * @param isLate time is up: what was not begun is left for the next run.
 */
export const actOnPicked = async (
  deps: ActOnPickedDependencies,
  operation: Operation,
  isLate: () => boolean,
): Promise<Acts> => {
  const results: JobResult[] = [];
  let fault: Error | undefined;
  const act = actFor(deps, operation);
  const itsTurn = pacer(deps, operation);
  await inParallel(operation.picked, breadth, async (jobId, index) => {
    await itsTurn(index);
    if (isLate()) return;
    try {
      results.push(jobResult(operation, jobId, await act(jobId)));
    } catch (error) {
      const { message } = asError(error);
      const isResult = operation.actFaults >= mostFaults || error instanceof UnreadableJob;
      if (isResult) results.push(jobResult(operation, jobId, { result: 'failed', detail: message }));
      else fault = asError(error);
    }
  });
  return { results, fault };
};

const readOrNone = async (
  { jobs }: ActOnPickedDependencies,
  id: JobId,
): Promise<StoredJob | 'unreadable' | undefined> => {
  try {
    return await jobs.read(id);
  } catch (error) {
    if (error instanceof UnreadableJob) return 'unreadable';
    throw error;
  }
};

/** What a run that died has done to a job without writing its result, if it has done anything. */
const recalled = (operation: Operation, found: StoredJob | 'unreadable' | undefined): Result | undefined => {
  if (found === 'unreadable') return undefined;
  if (operation.action === 'delete') return found === undefined ? goneResult(operation) : undefined;
  const isDone = found?.job.actions.some((action) => action.operation === operation.id) === true;
  return isDone ? { result: 'done', detail: found.job.friendlyMessage } : undefined;
};

export interface RecallDependencies extends ActOnPickedDependencies {
  readonly operations: Pick<ResultStore, 'readResult'>;
}

/** The results of those jobs among the taken ones that were acted on; nothing is done to the others any more. */
export const recallPicked = async (
  deps: RecallDependencies,
  operation: Operation,
): Promise<readonly JobResult[]> => {
  const results: JobResult[] = [];
  await inParallel(operation.picked, breadth, async (jobId) => {
    const written = await deps.operations.readResult(operation.id, jobId);
    if (written !== undefined) return void results.push(written);
    const result = recalled(operation, await readOrNone(deps, jobId));
    if (result !== undefined) results.push(jobResult(operation, jobId, result));
  });
  return results;
};
