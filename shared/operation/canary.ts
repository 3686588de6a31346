/** Small steps first; the operation stops itself when too many jobs of a step fail again. */
export interface Canary {
  /** Jobs of each step; what is left is the last one. */
  readonly steps: readonly number[];
  /** Share of a step's jobs that may fail again, from 0 to 100. */
  readonly failureLimitPercent: number;
}

/**
 * - `pending`: not begun.
 * - `acting`, `watching`: jobs are acted on; their outcome is waited for.
 * - `passed`, `stopped`: what became of it.
 */
export type StepStatus = 'pending' | 'acting' | 'watching' | 'passed' | 'stopped';

/** One step of an operation; without a canary there is one alone. */
export interface StepProgress {
  /** Jobs to act on; undefined for all that are left. */
  readonly size: number | undefined;
  /** Jobs acted on. */
  readonly done: number;
  readonly succeeded: number;
  readonly failedAgain: number;
  /** Jobs that a person took away before their outcome was known. */
  readonly gone: number;
  readonly status: StepStatus;
}

const newStep = (size: number | undefined, status: StepStatus): StepProgress => ({
  size,
  done: 0,
  succeeded: 0,
  failedAgain: 0,
  gone: 0,
  status,
});

/** The steps of a new operation: those of the canary, then the rest. */
export const stepsOf = (canary: Canary | undefined): readonly StepProgress[] =>
  [...(canary?.steps ?? []), undefined].map((size, index) =>
    newStep(size, index === 0 ? 'acting' : 'pending'),
  );

/** Jobs of a step whose outcome is not known. A run that came late may have an outcome counted twice; never below zero. */
export const pendingOf = ({ done, succeeded, failedAgain, gone }: StepProgress): number =>
  Math.max(0, done - succeeded - failedAgain - gone);

/** Index of the step that is under way; -1 behind the last. */
export const currentStep = (steps: readonly StepProgress[]): number =>
  steps.findIndex(({ status }) => status === 'acting' || status === 'watching');

/** How long the jobs of a step are waited for. */
export const longestWatchMs = 10 * 60_000;

/** The first step of a canary is one job. */
export const jobsText = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`);

/** Whether a canary step may be followed by the next; `watch` while that is open. */
export type Verdict =
  { readonly kind: 'watch' | 'pass' } | { readonly kind: 'stop'; readonly reason: string };

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

/**
 * Judges a step by what is known of its jobs. It stops as soon as no outcome of the others could save it, and when
 * nothing is known of any job at the end of the time: that proves nothing.
 *
 * @param limit in percent; a rate of exactly the limit passes.
 */
export const judge = (step: StepProgress, limit: number, watchedMs: number): Verdict => {
  const { done, succeeded, failedAgain, gone } = step;
  const known = succeeded + failedAgain;
  const stop = (of: number): Verdict => ({
    kind: 'stop',
    reason: `${failedAgain} of ${jobsText(of)} failed again; the limit is ${limit} %.`,
  });
  if (percent(failedAgain, done - gone) > limit) return stop(done - gone);
  if (pendingOf(step) === 0) return { kind: 'pass' };
  if (watchedMs < longestWatchMs) return { kind: 'watch' };
  if (percent(failedAgain, known) > limit) return stop(known);
  return known > 0
    ? { kind: 'pass' }
    : { kind: 'stop', reason: `None of ${jobsText(done)} came to an end within ten minutes.` };
};
