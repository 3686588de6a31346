import { currentStep, jobsText, pendingOf, type StepProgress } from './canary.ts';
import { hasOutcomes } from './bulkAction.ts';
import type { JobResult, Operation } from './operation.ts';
import { operationTransitions, type OperationEvent } from './operationStatus.ts';
import type { Picked } from './pickJobs.ts';
import { nextPickAfter } from './rate.ts';

/** First look at what became of jobs, after they were acted on: an attempt takes a moment. */
const firstLookMs = 1000;

const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

/** The steps with the one that is under way changed. */
export const withStep = (
  steps: readonly StepProgress[],
  change: (step: StepProgress) => Partial<StepProgress>,
): readonly StepProgress[] => {
  const current = currentStep(steps);
  return steps.map((step, index) => (index === current ? { ...step, ...change(step) } : step));
};

/** Jobs acted on, over all steps. */
export const doneOf = ({ steps }: { readonly steps: readonly StepProgress[] }): number =>
  steps.reduce((sum, { done }) => sum + done, 0);

/** Looks at the outcome of jobs begin. */
const watching = (now: Date) => ({
  watchedSince: now,
  lookOn: later(now, firstLookMs),
  lookAfter: undefined,
  modifiedOn: now,
});

/** The end of acting. What became of the jobs is looked at for a while. */
export const ended = (operation: Operation, event: OperationEvent, message: string, now: Date): Operation => {
  const status = operationTransitions[operation.status][event];
  if (status === undefined) return operation;
  const isOpen = hasOutcomes(operation.action) && operation.steps.some((step) => pendingOf(step) > 0);
  return {
    ...operation,
    ...watching(now),
    status,
    message,
    phase: isOpen ? 'settling' : 'over',
    completedOn: now,
    picked: [],
    steps: withStep(operation.steps, () => ({ status: status === 'Completed' ? 'passed' : 'stopped' })),
  };
};

const finished = (operation: Operation, now: Date): Operation =>
  ended(operation, 'finished', 'All jobs were acted on.', now);

/** The operation with jobs to act on next, or at its end when there are none. */
export const afterPick = (operation: Operation, pick: Picked, now: Date): Operation => {
  const { nextPickOn, ratePerMinute } = operation;
  const picked: Operation = {
    ...operation,
    startedOn: operation.startedOn ?? now,
    modifiedOn: now,
    message: 'Acting on jobs.',
    position: pick.position,
    exhausted: pick.exhausted,
    picked: pick.ids,
    actFaults: 0,
    nextPickOn: nextPickAfter(nextPickOn, now, pick.ids.length, ratePerMinute),
  };
  return pick.exhausted && pick.ids.length === 0 ? finished(picked, now) : picked;
};

const count = (results: readonly JobResult[], wanted: JobResult['result']): number =>
  results.filter(({ result }) => result === wanted).length;

/** A full canary step waits for its jobs; without more jobs the operation is at its end. */
const advanced = (operation: Operation, now: Date): Operation => {
  if (operation.picked.length > 0 || operation.status !== 'Running') return operation;
  if (operation.exhausted) return finished(operation, now);
  const { size, done } = operation.steps[currentStep(operation.steps)] ?? { size: undefined, done: 0 };
  if (size === undefined || done < size) return operation;
  return {
    ...operation,
    ...watching(now),
    phase: 'watching',
    message: `Waiting for what becomes of ${jobsText(done)}.`,
    steps: withStep(operation.steps, () => ({ status: 'watching' })),
  };
};

/**
 * The operation after jobs that were taken have their results.
 *
 * @param isFaulty whether a fault of ours has left some of them without.
 */
export const afterActs = (
  operation: Operation,
  results: readonly JobResult[],
  isFaulty: boolean,
  now: Date,
): Operation => {
  const recorded = new Set(results.map(({ jobId }) => jobId));
  return advanced(
    {
      ...operation,
      modifiedOn: now,
      picked: operation.picked.filter((id) => !recorded.has(id)),
      actFaults: isFaulty ? operation.actFaults + 1 : 0,
      steps: withStep(operation.steps, ({ done }) => ({ done: done + count(results, 'done') })),
      refused: operation.refused + count(results, 'refused'),
      missing: operation.missing + count(results, 'missing'),
      failed: operation.failed + count(results, 'failed'),
    },
    now,
  );
};

/** The operation after a person asked for its end; undefined when its status forbids it. */
export const afterCancelAsked = (operation: Operation, by: string, now: Date): Operation | undefined => {
  const status = operationTransitions[operation.status].cancelAsked;
  if (status === undefined) return undefined;
  return { ...operation, status, message: `Cancel was asked by ${by}.`, modifiedOn: now };
};
