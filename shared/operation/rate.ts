/** Jobs that one run of the activity takes at most; also what one entity-group transaction holds. */
export const mostPicked = 100;

/** What a chunk may hold is what this time allows, so that jobs flow evenly; and this much delay is made up for. */
const stretchMs = 10_000;

/** Jobs that may be taken at once at this rate: at least one, at most {@link mostPicked}. */
export const chunkAtRate = (ratePerMinute: number): number =>
  Math.min(mostPicked, Math.max(1, Math.floor((ratePerMinute * stretchMs) / 60_000)));

/**
 * When the next jobs may be taken after `count` were taken at `now`. A run that came late is made up for, by ten
 * seconds at most: what stood still for an hour does not come as a flood.
 */
export const nextPickAfter = (nextPickOn: Date, now: Date, count: number, ratePerMinute: number): Date => {
  const fromMs = Math.max(nextPickOn.getTime(), now.getTime() - stretchMs);
  return new Date(fromMs + (count * 60_000) / ratePerMinute);
};

/** How long so many jobs take at this rate, in milliseconds. */
export const timeForMs = (jobs: number, ratePerMinute: number): number => (jobs * 60_000) / ratePerMinute;
