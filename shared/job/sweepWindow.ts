/**
 * How far back, by the time in its id, the sweeper looks for a job that was stored but not started. What arrives later
 * than this after its operation is in the attention index from the start.
 */
export const sweepReachMs = 10 * 60_000;

/** A job younger than this may still be about to be started by the request that stored it. */
export const sweepGraceMs = 60_000;

/** Longest stretch that one sweep covers, so that catching up after an outage goes in steps. */
export const sweepStretchMs = 6 * 3_600_000;

/** A stretch of id time, both ends in milliseconds since 1970. */
export interface SweepWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The stretch to look at now.
 *
 * @param sweptUntilMs end of the last stretch that was looked at; undefined before the first sweep.
 */
export const sweepWindow = (sweptUntilMs: number | undefined, nowMs: number): SweepWindow => {
  const newestMs = nowMs - sweepGraceMs;
  const fromMs = Math.min(sweptUntilMs ?? newestMs, newestMs) - sweepReachMs;
  return { fromMs, toMs: Math.min(newestMs, fromMs + sweepReachMs + sweepStretchMs) };
};
