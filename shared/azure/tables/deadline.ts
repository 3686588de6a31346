import { setMaxListeners } from 'node:events';

/** A clock that only goes forward, in milliseconds since some moment. */
export type ElapsedMs = () => number;

/** Requests that begin in the same second share one signal: making one for each costs more than it brings. */
const bucketMs = 1000;

/**
 * Gives signals that abort a request after `deadlineMs`, or up to a second later.
 *
 * @returns a function to be called at the beginning of each request.
 */
export const deadlines = (deadlineMs: number, elapsedMs: ElapsedMs): (() => AbortSignal) => {
  let bucket: number | undefined;
  let signal = AbortSignal.abort();
  return () => {
    const current = Math.floor(elapsedMs() / bucketMs);
    if (current !== bucket) {
      bucket = current;
      signal = AbortSignal.timeout(deadlineMs + bucketMs);
      setMaxListeners(0, signal);
    }
    return signal;
  };
};
