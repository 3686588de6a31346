import { setMaxListeners } from 'node:events';

/** Requests that begin in the same second share one signal: making one for each costs more than it brings. */
const bucketMs = 1000;

/**
 * Gives signals that abort a request after `deadlineMs`, or up to a second later.
 *
 * @returns a function to be called at the beginning of each request.
 */
export const deadlines = (deadlineMs: number): (() => AbortSignal) => {
  let bucket: number | undefined;
  let signal = AbortSignal.abort();
  return () => {
    const current = Math.floor(performance.now() / bucketMs);
    if (current !== bucket) {
      bucket = current;
      signal = AbortSignal.timeout(deadlineMs + bucketMs);
      setMaxListeners(0, signal);
    }
    return signal;
  };
};
