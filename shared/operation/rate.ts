/** Jobs that one run of the activity takes at most. */
export const mostPicked = 100;

/** What a chunk may hold is what this time allows; a cancel waits for the end of a chunk. */
const stretchMs = 5_000;

/** This much delay is made up for. */
const madeUpForMs = 10_000;

/** Jobs that may be taken at once at this rate: at least one, at most {@link mostPicked}. */
export const chunkAtRate = (ratePerMinute: number): number =>
  Math.min(mostPicked, Math.max(1, Math.floor((ratePerMinute * stretchMs) / 60_000)));

/**
 * When the next jobs may be taken after `count` were taken at `now`. A run that came late is made up for, by ten
 * seconds at most: what stood still for an hour does not come as a flood.
 */
export const nextPickAfter = (nextPickOn: Date, now: Date, count: number, ratePerMinute: number): Date => {
  const fromMs = Math.max(nextPickOn.getTime(), now.getTime() - madeUpForMs);
  return new Date(fromMs + (count * 60_000) / ratePerMinute);
};

/**
 * Time between two jobs of a chunk, in milliseconds: they spread over the time until the next chunk is due, since all at
 * once they would hold up everything else in the app. A chunk that is late goes at twice the rate.
 */
export const gapMs = (jobs: number, nextPickOn: Date, now: Date, ratePerMinute: number): number =>
  Math.max((nextPickOn.getTime() - now.getTime()) / jobs, 30_000 / ratePerMinute);

/** How long so many jobs take at this rate, in milliseconds. */
export const timeForMs = (jobs: number, ratePerMinute: number): number => (jobs * 60_000) / ratePerMinute;
