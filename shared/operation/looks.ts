import type { SystemJob } from '../job/systemJob.ts';
import { isResting } from '../job/jobStatus.ts';
import { currentStep, judge, longestWatchMs, pendingOf, type StepProgress } from './canary.ts';
import type { JobOutcome, Operation, StagedOutcome } from './operation.ts';
import { ended } from './progress.ts';
import type { JobId } from '../job/jobId.ts';

/** What was found out about one job, and to which step it belongs. */
export interface SettledJob extends StagedOutcome {
  readonly step: number;
}

/** One look at a part of the jobs whose outcome is open. */
export interface Look {
  readonly settled: readonly SettledJob[];
  /** Last job looked at; undefined when the look came to the end. */
  readonly upTo: JobId | undefined;
}

/**
 * What became of a job since it was asked to go on. A job that waits after a new attempt has failed again, though a
 * later attempt may succeed: that is what the person needs to know first.
 *
 * @param job undefined when it is gone.
 */
export const outcomeOf = (job: SystemJob | undefined): JobOutcome => {
  if (job === undefined || job.status === 'Canceled') return 'gone';
  if (job.status === 'Succeeded') return 'succeeded';
  const isTried = job.roundAttempts > 0;
  if (isResting(job.status)) return isTried ? 'failedAgain' : 'gone';
  return job.status === 'Waiting' && !job.held && isTried ? 'failedAgain' : 'pending';
};

const shortestPauseMs = 1000;
const longestPauseMs = 30_000;

/** The longer it takes the less often: half as long again as it took so far. */
const pauseMs = (watchedMs: number): number =>
  Math.min(Math.max(watchedMs / 2, shortestPauseMs), longestPauseMs);

const counted = (step: StepProgress, index: number, settled: readonly SettledJob[]): StepProgress => {
  const found = (wanted: JobOutcome): number =>
    settled.filter((each) => each.step === index && each.outcome === wanted).length;
  return {
    ...step,
    succeeded: step.succeeded + found('succeeded'),
    failedAgain: step.failedAgain + found('failedAgain'),
    gone: step.gone + found('gone'),
  };
};

const nextStep = (operation: Operation): Operation => {
  const current = currentStep(operation.steps);
  return {
    ...operation,
    phase: 'acting',
    message: 'Acting on jobs.',
    watchedSince: undefined,
    lookOn: undefined,
    lookAfter: undefined,
    steps: operation.steps.map((step, index) => {
      if (index === current) return { ...step, status: 'passed' };
      return index === current + 1 ? { ...step, status: 'acting' } : step;
    }),
  };
};

const judged = (operation: Operation, watchedMs: number, now: Date): Operation => {
  const current = currentStep(operation.steps);
  const step = operation.steps[current];
  if (step === undefined) return operation;
  const verdict = judge(step, operation.canary?.failureLimitPercent ?? 100, watchedMs);
  switch (verdict.kind) {
    case 'watch':
      return operation;
    case 'pass':
      return nextStep(operation);
    case 'stop':
      return ended(operation, 'stopped', `Stopped itself in step ${current + 1}: ${verdict.reason}`, now);
  }
};

/** All is known, or time is over and there is no job left that nobody looked at. */
const isSettled = ({ steps }: Operation, watchedMs: number, upTo: JobId | undefined): boolean =>
  (watchedMs >= longestWatchMs && upTo === undefined) || steps.every((step) => pendingOf(step) === 0);

/** The operation after a look: its counts, and what follows from them. */
export const afterLook = (operation: Operation, { settled, upTo }: Look, now: Date): Operation => {
  const watchedMs = now.getTime() - (operation.watchedSince ?? now).getTime();
  const looked: Operation = {
    ...operation,
    modifiedOn: now,
    steps: operation.steps.map((step, index) => counted(step, index, settled)),
    staged: settled.map(({ jobId, outcome }) => ({ jobId, outcome })),
    lookAfter: upTo,
    lookOn: new Date(now.getTime() + (upTo === undefined ? pauseMs(watchedMs) : shortestPauseMs)),
  };
  if (looked.phase === 'watching') return judged(looked, watchedMs, now);
  return isSettled(looked, watchedMs, upTo) ? { ...looked, phase: 'over' } : looked;
};
