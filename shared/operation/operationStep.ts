import { UnusableToken, type JobWalkStore } from '../job/jobList.ts';
import { UnreadableJob } from '../job/unreadableJob.ts';
import type { Again } from '../workflow/stepByStep.ts';
import { actOnPicked, recallPicked, type ActOnPickedDependencies } from './actOnPicked.ts';
import { currentStep } from './canary.ts';
import { inParallel } from './inParallel.ts';
import { afterLook, outcomeOf, type SettledJob } from './looks.ts';
import type { JobResult, Operation, StoredOperation } from './operation.ts';
import type { OperationId } from './operationId.ts';
import type { ResultStore, SingleOperationStore } from './operationStore.ts';
import { pickJobs } from './pickJobs.ts';
import { planOf } from './plan.ts';
import { afterActs, afterPick, ended } from './progress.ts';

export interface OperationStepDependencies extends ActOnPickedDependencies {
  readonly operations: Pick<SingleOperationStore, 'read' | 'update'> & ResultStore;
  readonly jobs: ActOnPickedDependencies['jobs'] & JobWalkStore;
  /** Is told of every write of the row. */
  readonly written: (operation: Operation) => void;
}

export interface OperationStepInput {
  readonly operationId: OperationId;
  /** Runs in a row that ended in an exception; for the log. Whose fault it was stands in the row (`actFaults`). */
  readonly faults: number;
}

/** Input of a bulk operation's orchestration. */
export type OperationInput = Pick<OperationStepInput, 'faults'>;

export interface OperationOver {
  readonly kind: 'over';
}

/** What one run of the activity tells the workflow. */
export type OperationStepOutcome = OperationOver | Again;

/** Longest that one run acts on jobs; far below `functionTimeout` of host.json. */
const longestRunMs = 10_000;

/** Jobs that one look reads, and how many at once: nobody waits for it, and others need the storage meanwhile. */
const lookSize = 100;
const lookBreadth = 2;

const again: OperationStepOutcome = { kind: 'again' };

/**
 * The activity of a bulk operation: reads its row, does the next bounded piece of work, records it. May run twice, even
 * at the same time, and die anywhere: jobs are written to the row before they are acted on, each job carries the
 * operation's id once it was, and every write of the row names the version it was made from.
 *
 * @throws whatever the store throws; the workflow then waits and asks again.
 */
export const operationStep =
  (deps: OperationStepDependencies) =>
  async ({ operationId }: Pick<OperationStepInput, 'operationId'>): Promise<OperationStepOutcome> => {
    const found = await deps.operations.read(operationId);
    if (found === undefined) return { kind: 'over' };
    const stored = await putStaged(deps, found);
    if (stored === 'changed') return again;
    const { operation } = stored;
    const plan = planOf(operation, deps.now());
    switch (plan.kind) {
      case 'over':
        return { kind: 'over' };
      case 'wait':
        return { kind: 'again', dueOn: plan.until.toISOString() };
      case 'pick':
        return pickAndAct(deps, stored, plan.quota);
      case 'act':
        return act(deps, stored);
      case 'recall':
        return recall(deps, stored);
      case 'cancel':
        return write(deps, stored, ended(operation, 'canceled', canceledBecause(operation), deps.now()));
      case 'look':
        return look(deps, stored);
    }
  };

const canceledBecause = ({ message }: Operation): string => `Canceled. ${message}`;

const lateAfter = (now: () => Date): (() => boolean) => {
  const endMs = now().getTime() + longestRunMs;
  return () => now().getTime() > endMs;
};

/** Writes the row; when somebody else did, the next run looks at what is there then. */
const update = async (
  { operations, written }: OperationStepDependencies,
  before: StoredOperation,
  after: Operation,
): Promise<StoredOperation | 'changed'> => {
  const answer = await operations.update(before, after);
  if (answer !== 'changed') written(after);
  return answer;
};

/** Writes counted outcomes to the results of their jobs, and takes them off the row. */
const putStaged = async (
  { operations }: OperationStepDependencies,
  stored: StoredOperation,
): Promise<StoredOperation | 'changed'> => {
  const { operation } = stored;
  if (operation.staged.length === 0) return stored;
  await operations.putOutcomes(operation.id, operation.staged);
  return operations.update(stored, { ...operation, staged: [] });
};

/** When the next run is due: a run that only waits is spared. */
const following = (
  { now }: OperationStepDependencies,
  written: StoredOperation | 'changed',
): OperationStepOutcome => {
  if (written === 'changed') return again;
  const plan = planOf(written.operation, now());
  return plan.kind === 'wait' ? { kind: 'again', dueOn: plan.until.toISOString() } : again;
};

const write = async (
  deps: OperationStepDependencies,
  before: StoredOperation,
  after: Operation,
): Promise<OperationStepOutcome> => following(deps, await update(deps, before, after));

const pickAndAct = async (
  deps: OperationStepDependencies,
  stored: StoredOperation,
  quota: number,
): Promise<OperationStepOutcome> => {
  const { operation } = stored;
  try {
    const pick = await pickJobs(deps.jobs, operation, quota, lateAfter(deps.now));
    const written = await update(deps, stored, afterPick(operation, pick, deps.now()));
    return written === 'changed' || pick.ids.length === 0 ? again : await act(deps, written);
  } catch (error) {
    if (!(error instanceof UnusableToken)) throw error;
    return write(deps, stored, ended(operation, 'broken', error.message, deps.now()));
  }
};

const act = async (
  deps: OperationStepDependencies,
  stored: StoredOperation,
): Promise<OperationStepOutcome> => {
  const { results, fault } = await actOnPicked(deps, stored.operation, lateAfter(deps.now));
  const written = await record(deps, stored, results, fault !== undefined);
  if (fault !== undefined) throw fault;
  return following(deps, written);
};

/** Results first: they are found by the job's id, so writing them twice changes nothing. */
const record = async (
  deps: OperationStepDependencies,
  stored: StoredOperation,
  results: readonly JobResult[],
  isFaulty: boolean,
): Promise<StoredOperation | 'changed'> => {
  const { operation } = stored;
  if (results.length > 0) await deps.operations.putResults(operation.id, results);
  return update(deps, stored, afterActs(operation, results, isFaulty, deps.now()));
};

const recall = async (
  deps: OperationStepDependencies,
  stored: StoredOperation,
): Promise<OperationStepOutcome> => {
  const { operation } = stored;
  const results = await recallPicked(deps, operation);
  if (results.length > 0) await deps.operations.putResults(operation.id, results);
  return write(deps, stored, { ...afterActs(operation, results, false, deps.now()), picked: [] });
};

const settledOf = async (
  { jobs }: OperationStepDependencies,
  results: readonly JobResult[],
): Promise<SettledJob[]> => {
  const settled: SettledJob[] = [];
  await inParallel(results, lookBreadth, async ({ jobId, step }) => {
    const job = await jobs.read(jobId).catch((error: unknown) => {
      if (error instanceof UnreadableJob) return undefined;
      throw error;
    });
    const outcome = outcomeOf(job?.job);
    if (outcome !== 'pending') settled.push({ jobId, step, outcome });
  });
  return settled;
};

const look = async (
  deps: OperationStepDependencies,
  stored: StoredOperation,
): Promise<OperationStepOutcome> => {
  const { operation } = stored;
  const step = operation.phase === 'watching' ? currentStep(operation.steps) : undefined;
  const query = { top: lookSize, after: operation.lookAfter, pending: { step } };
  const { results, next } = await deps.operations.results(operation.id, query);
  const settled = await settledOf(deps, results);
  const written = await update(deps, stored, afterLook(operation, { settled, upTo: next }, deps.now()));
  return following(deps, written === 'changed' ? written : await putStaged(deps, written));
};
