import { actOnJob, type ActionAnswer, type ActOnJobDependencies } from '../job/actOnJob.ts';
import type { JobId } from '../job/jobId.ts';
import { UnreadableJob } from '../job/unreadableJob.ts';
import { currentStep } from './canary.ts';
import { inParallel } from './inParallel.ts';
import { hasOutcomes, type JobResult, type Operation } from './operation.ts';
import { leftAloneBecause } from './operationFilter.ts';

export interface ActOnPickedDependencies {
  readonly jobs: ActOnJobDependencies;
  /** Time is up: what was not begun is left for the next run. */
  readonly isLate: () => boolean;
}

export interface Acts {
  readonly results: readonly JobResult[];
  /** The last fault of ours; its job is left for the next run. */
  readonly fault: Error | undefined;
}

/** Jobs acted on at once. */
const breadth = 16;

/** Runs that a job may fail through our fault before that is its result. */
const mostFaults = 10;

const resultOf = (answer: ActionAnswer): Pick<JobResult, 'result' | 'detail'> => {
  switch (answer.kind) {
    case 'done':
      return { result: 'done', detail: answer.stored.job.friendlyMessage };
    case 'notFound':
      return { result: 'missing', detail: 'There is no such job any more.' };
    case 'forbidden':
      return { result: 'refused', detail: answer.reason };
    case 'stale':
      return { result: 'refused', detail: 'It changed at the same moment.' };
  }
};

const askedBy = ({ id, action, by, reason, until }: Operation) => ({
  action,
  by,
  reason,
  until,
  operation: id,
});

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Acts on the jobs that an operation has taken. A job that carries the operation's id among its actions was acted on by
 * a run that died: it counts as done and is only nudged again.
 *
 * @param faults runs in a row that ended in a fault.
 */
export const actOnPicked = async (
  { jobs, isLate }: ActOnPickedDependencies,
  operation: Operation,
  faults: number,
): Promise<Acts> => {
  const results: JobResult[] = [];
  let fault: Error | undefined;
  const act = actOnJob({ ...jobs, leftAloneBecause: (job) => leftAloneBecause(operation, job) });
  const add = (jobId: JobId, result: Pick<JobResult, 'result' | 'detail'>): void => {
    const outcome = result.result === 'done' && hasOutcomes(operation.action) ? 'pending' : undefined;
    results.push({ jobId, ...result, step: currentStep(operation.steps), outcome });
  };
  await inParallel(operation.picked, breadth, async (jobId) => {
    if (isLate()) return;
    try {
      add(jobId, resultOf(await act(jobId, askedBy(operation))));
    } catch (error) {
      if (faults >= mostFaults || error instanceof UnreadableJob) {
        add(jobId, { result: 'failed', detail: textOf(error) });
      } else fault = error instanceof Error ? error : new Error(String(error));
    }
  });
  return { results, fault };
};

/** The results of those jobs among the taken ones that were acted on; nothing is done to the others any more. */
export const recallPicked = async (
  { jobs }: ActOnPickedDependencies,
  operation: Operation,
): Promise<readonly JobResult[]> => {
  const results: JobResult[] = [];
  await inParallel(operation.picked, breadth, async (jobId) => {
    const job = (await jobs.store.read(jobId).catch(noneIfUnreadable))?.job;
    if (job?.actions.some((action) => action.operation === operation.id) !== true) return;
    const outcome = hasOutcomes(operation.action) ? 'pending' : undefined;
    const step = currentStep(operation.steps);
    results.push({ jobId, result: 'done', detail: job.friendlyMessage, step, outcome });
  });
  return results;
};

const noneIfUnreadable = (error: unknown): undefined => {
  if (error instanceof UnreadableJob) return undefined;
  throw error;
};
