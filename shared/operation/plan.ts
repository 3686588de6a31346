import { currentStep } from './canary.ts';
import type { Operation } from './operation.ts';
import { chunkAtRate } from './rate.ts';

/**
 * What to do next with an operation.
 *
 * - `pick`: take at most `quota` jobs.
 * - `act`: act on the jobs that were taken.
 * - `recall`: cancel was asked; find out which of the jobs taken were acted on.
 * - `cancel`: nothing is under way any more.
 * - `look`: see what became of jobs.
 */
export type Plan =
  | { readonly kind: 'pick'; readonly quota: number }
  | { readonly kind: 'act' | 'recall' | 'cancel' | 'look' | 'over' }
  | { readonly kind: 'wait'; readonly until: Date };

const quotaOf = ({ steps, ratePerMinute }: Operation): number => {
  const step = steps[currentStep(steps)];
  const left = step?.size === undefined ? Number.POSITIVE_INFINITY : step.size - step.done;
  return Math.min(chunkAtRate(ratePerMinute), left);
};

const dueOr = (dueOn: Date | undefined, now: Date, plan: Plan): Plan =>
  dueOn !== undefined && dueOn > now ? { kind: 'wait', until: dueOn } : plan;

/** Decides by the row alone, never by the event that led here. */
export const planOf = (operation: Operation, now: Date): Plan => {
  const { status, phase, picked } = operation;
  if (status === 'Canceling') return { kind: picked.length > 0 ? 'recall' : 'cancel' };
  switch (phase) {
    case 'over':
      return { kind: 'over' };
    case 'acting':
      return picked.length > 0
        ? { kind: 'act' }
        : dueOr(operation.nextPickOn, now, { kind: 'pick', quota: quotaOf(operation) });
    case 'watching':
    case 'settling':
      return dueOr(operation.lookOn, now, { kind: 'look' });
  }
};
