/** What was attempted in one hour of the clock. */
export interface HourFigures {
  /** Start of the hour, ISO 8601. */
  readonly hour: string;
  readonly attempts: number;
  readonly failures: number;
  /** Within this many milliseconds 95 of 100 attempts ended, rounded up to a step of the histogram; null without one. */
  readonly p95Ms: number | null;
}

/** How an endpoint did, the oldest hour first. Times are ISO 8601. */
export interface EndpointHistory {
  readonly hours: readonly HourFigures[];
  readonly lastDeliveredOn: string | null;
  readonly lastFailedOn: string | null;
}
