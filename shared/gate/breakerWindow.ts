import { failureCatalogue, type FailureCode } from '../delivery/failureCatalogue.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { JobId } from '../job/jobId.ts';
import type { BreakerOptions } from './breakerOptions.ts';

/** What an attempt says of its endpoint: `silent` when it never got as far. */
export type AttemptSays = 'good' | 'bad' | 'silent';

/** Failures of our own side, or of what the message carries before it is sent. */
const silentCodes: readonly FailureCode[] = [
  'EndpointNotConfigured',
  'ContextTooLarge',
  'ContextUnusable',
  'ClaimNotStored',
  'ListenerBusy',
  'Unknown',
];

/** A receiver that refuses a message for its content is there and well. */
export const whatItSays = (delivery: Delivery): AttemptSays => {
  if (delivery.kind === 'delivered') return 'good';
  if (silentCodes.includes(delivery.code)) return 'silent';
  return failureCatalogue[delivery.code].outcome === 'fail' ? 'good' : 'bad';
};

/** One attempt in the window. */
export interface WindowedAttempt {
  readonly job: JobId;
  readonly endedOnMs: number;
  /** Undefined when it was good. */
  readonly code: FailureCode | undefined;
}

/** The latest attempts of an endpoint in this process, oldest first. */
export type BreakerWindow = readonly WindowedAttempt[];

/** The latest say most, and a window must not grow with the traffic. Bounds `minAttempts` in the endpoints file. */
export const mostInWindow = 200;

/** The window after an attempt; what is too old at its end, or was before `fromMs`, falls out. */
export const withAttemptIn = (
  window: BreakerWindow,
  attempt: WindowedAttempt,
  { windowSeconds }: BreakerOptions,
  fromMs = 0,
): BreakerWindow => {
  const oldestMs = Math.max(fromMs, attempt.endedOnMs - windowSeconds * 1000);
  return [...window, attempt].filter(({ endedOnMs }) => endedOnMs > oldestMs).slice(-mostInWindow);
};

/** The failure for which the breaker opens, the last one; undefined when it stays closed. */
export const opensBecause = (window: BreakerWindow, options: BreakerOptions): FailureCode | undefined => {
  const { minAttempts, minJobs, failurePercent } = options;
  const failed = window.filter(({ code }) => code !== undefined);
  if (window.length < minAttempts || new Set(window.map(({ job }) => job)).size < minJobs) return undefined;
  return failed.length * 100 >= window.length * failurePercent ? failed.at(-1)?.code : undefined;
};
