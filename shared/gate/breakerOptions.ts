/** When the breaker of an endpoint opens, and for how long. */
export interface BreakerOptions {
  /** Attempts that ended this long ago no longer count. */
  readonly windowSeconds: number;
  /** Attempts that must have been made in the window. */
  readonly minAttempts: number;
  /** Distinct jobs that must have made them: one job that cannot be delivered says nothing of its endpoint. */
  readonly minJobs: number;
  /** Share of them that must have failed for a reason that lies with the endpoint. */
  readonly failurePercent: number;
  /** How long it stays open the first time; doubled by every probe that fails. */
  readonly openSeconds: number;
  readonly longestOpenSeconds: number;
}

/** What counts where the endpoints file says nothing. */
export const breakerDefaults: BreakerOptions = {
  windowSeconds: 60,
  minAttempts: 20,
  minJobs: 5,
  failurePercent: 80,
  openSeconds: 30,
  longestOpenSeconds: 900,
};

/** The options in force; undefined for an endpoint without a breaker. */
export const breakerOptionsOf = (
  given: Partial<BreakerOptions> | false | undefined,
): BreakerOptions | undefined => (given === false ? undefined : { ...breakerDefaults, ...given });

/** How long it stays open at the n-th opening in a row (1-based), in milliseconds. */
export const openMs = ({ openSeconds, longestOpenSeconds }: BreakerOptions, openings: number): number =>
  Math.min(openSeconds * 2 ** (openings - 1), longestOpenSeconds) * 1000;
