/**
 * How far back, by the time in its id, the sweeper looks for a job that was stored but not started. What arrives later
 * than this after its operation is in the attention index from the start.
 */
export const sweepReachMs = 10 * 60_000;

/** A job younger than this may still be about to be started by the request that stored it. */
export const sweepGraceMs = 60_000;

/** What a sweep looks at before it moves its bookmark; longer than the reach, so that the bookmark never goes back. */
export const sweepStretchMs = 20 * 60_000;

/** A stretch of id time, both ends in milliseconds since 1970. */
export interface SweepWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** End of what can be looked at now: the bookmark of a sweep that gets through. */
export const sweepEndMs = (nowMs: number): number => nowMs - sweepGraceMs;

/**
 * What to look at now, oldest first: one stretch as a rule, more after the sweeper stood still. Each end is a bookmark.
 *
 * @param sweptUntilMs end of the last stretch that was looked at; undefined before the first sweep.
 */
export function* sweepStretches(sweptUntilMs: number | undefined, nowMs: number): Generator<SweepWindow> {
  const endMs = sweepEndMs(nowMs);
  let fromMs = Math.min(sweptUntilMs ?? endMs, endMs) - sweepReachMs;
  do {
    const toMs = Math.min(endMs, fromMs + sweepStretchMs);
    yield { fromMs, toMs };
    fromMs = toMs;
  } while (fromMs < endMs);
}

/** Whether the sweep after this one no longer looks at a job of this id time. */
export const leavesSweep = (idTimeMs: number, nowMs: number): boolean =>
  idTimeMs < sweepEndMs(nowMs) - sweepReachMs;
