import { addMs, compareTimes } from '../time.ts';
import type { RetryOptions } from './answer.ts';
import type { Execution } from './execution.ts';
import { succeeded, type Coroutine, type Outcome, type Task } from './task.ts';
import { engineTimer } from './timers.ts';

/** Default and longest `maxRetryIntervalInMilliseconds` of the Azure Storage provider: six days. */
export const LONGEST_RETRY_INTERVAL_MS = 6 * 86_400_000;

const delayMs = (options: RetryOptions, attempt: number): number =>
  Math.min(
    options.firstRetryIntervalInMilliseconds * (options.backoffCoefficient ?? 1) ** attempt,
    options.maxRetryIntervalInMilliseconds ?? LONGEST_RETRY_INTERVAL_MS,
  );

const isExpired = (execution: Execution, options: RetryOptions, firstAttempt: string): boolean =>
  options.retryTimeoutInMilliseconds !== undefined &&
  compareTimes(execution.now, addMs(firstAttempt, options.retryTimeoutInMilliseconds)) >= 0;

/**
 * Runs a call again after failures, with a timer between. After the last failure one more timer of no length is
 * created and waited for, which DurableTask.Core keeps for the sake of old histories. When the retry timeout is over
 * there is none; the SDK then waits for it for ever (durable-js#629). Source: DurableTask.Core `RetryInterceptor`.
 */
export function* withRetry(execution: Execution, options: RetryOptions, call: () => Task): Coroutine {
  const firstAttempt = execution.now;
  let last: Outcome = succeeded(null);
  for (let attempt = 0; attempt < options.maxNumberOfAttempts; attempt += 1) {
    last = yield call();
    if (last.ok || last.failureDetails?.isNonRetriable === true) return last;
    if (attempt + 1 === options.maxNumberOfAttempts) {
      yield engineTimer(execution, execution.now);
      return last;
    }
    if (isExpired(execution, options, firstAttempt) || delayMs(options, attempt) === 0) return last;
    yield engineTimer(execution, addMs(execution.now, delayMs(options, attempt)));
  }
  return last;
}
