import type { BulkAction, BulkCount, OperationFilter, OperationRequest } from '../api/operations.ts';
import { rateLimits } from './rateLimits.ts';
import { timeOfInput } from './timeInput.ts';
import { wholeNumber } from './wholeNumber.ts';

/** What stands in the bulk dialog, as written. */
export interface BulkForm {
  readonly action: BulkAction;
  readonly reason: string;
  readonly ratePerMinute: string;
  readonly canary: boolean;
  readonly failureLimitPercent: string;
  /** Of a postponement; on the reader's clock. */
  readonly until: string;
}

export const percentLimits = { min: 0, max: 99 };

const canarySteps = [1, 10, 100];

export const newForm = (action: BulkAction, until: string): BulkForm => ({
  action,
  reason: '',
  ratePerMinute: '600',
  // Only what tries again can fail again.
  canary: tries(action),
  failureLimitPercent: '10',
  until,
});

/** Whether jobs are tried again by it, so that a canary can tell something. */
export const tries = (action: BulkAction): boolean => action === 'retry' || action === 'resume';

/** The first thing that is missing; undefined when it can start. */
export const faultOf = (form: BulkForm): string | undefined => {
  if (form.reason.trim() === '') return 'Say why first.';
  if (wholeNumber(form.ratePerMinute, rateLimits) === undefined) {
    return `Set a rate from ${rateLimits.min} to ${rateLimits.max} first.`;
  }
  if (form.canary && wholeNumber(form.failureLimitPercent, percentLimits) === undefined) {
    return 'Set a limit from 0 to 99 % first.';
  }
  return form.action === 'postpone' && timeOfInput(form.until) === undefined
    ? 'Set a time first.'
    : undefined;
};

/** Why it cannot start now; undefined when it can. @param counted undefined: the jobs are being counted. */
export const whyNotStart = (counted: BulkCount | undefined, form: BulkForm): string | undefined => {
  if (counted === undefined) return 'The jobs are not counted yet.';
  return counted.count === 0 && counted.complete ? 'There is no such job.' : faultOf(form);
};

/** What the API is asked for; `form` is without fault. */
export const requestOf = (form: BulkForm, filter: OperationFilter): OperationRequest => {
  const ratePerMinute = wholeNumber(form.ratePerMinute, rateLimits);
  const failureLimitPercent = wholeNumber(form.failureLimitPercent, percentLimits);
  const until = form.action === 'postpone' ? timeOfInput(form.until) : undefined;
  const canary = form.canary && tries(form.action) && failureLimitPercent !== undefined;
  return {
    action: form.action,
    filter,
    reason: form.reason.trim(),
    ...(ratePerMinute === undefined ? {} : { ratePerMinute }),
    ...(until === undefined ? {} : { until }),
    ...(canary ? { canary: { steps: canarySteps, failureLimitPercent } } : {}),
  };
};
