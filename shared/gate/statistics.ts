import type { EndpointHistory, HourFigures } from './endpointHistory.ts';

/** What one instance of the app counted of one endpoint in one hour of the clock. */
export interface HourCounts {
  readonly attempts: number;
  readonly failures: number;
  /** Attempts by how long they took: the n-th count is of those within the n-th of {@link durationSteps}. */
  readonly durations: readonly number[];
  /** Deliveries by the five minutes of the hour they fell in, twelve counts. */
  readonly delivered: readonly number[];
  readonly lastDeliveredOn?: string;
  readonly lastFailedOn?: string;
}

/** Counts with where they belong. */
export interface HourRow {
  /** Start of the hour, ISO 8601. */
  readonly hour: string;
  readonly endpoint: string;
  /** The process that counted, which alone writes the row. */
  readonly instance: string;
  readonly counts: HourCounts;
}

/** What is counted of an attempt. */
export interface CountedAttempt {
  readonly startedOn: Date;
  readonly endedOn: Date;
  readonly isDelivered: boolean;
}

/** Upper ends of the histogram, in milliseconds; the last one takes all that is longer. */
export const durationSteps: readonly number[] = [
  5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000,
];

const slotMs = 5 * 60_000;
const slots = 12;
const hourMs = slots * slotMs;

/** Start of the hour that a time falls in. */
export const hourOf = (time: Date): string =>
  new Date(Math.floor(time.getTime() / hourMs) * hourMs).toISOString();

export const noCounts: HourCounts = {
  attempts: 0,
  failures: 0,
  durations: durationSteps.map(() => 0),
  delivered: Array.from({ length: slots }, () => 0),
};

const plusOneAt = (counts: readonly number[], at: number): readonly number[] =>
  counts.map((count, index) => (index === at ? count + 1 : count));

const stepOf = (ms: number): number => {
  const step = durationSteps.findIndex((end) => ms <= end);
  return step === -1 ? durationSteps.length - 1 : step;
};

/** The counts with one attempt more. */
export const counted = (
  counts: HourCounts,
  { startedOn, endedOn, isDelivered }: CountedAttempt,
): HourCounts => {
  const durations = plusOneAt(counts.durations, stepOf(endedOn.getTime() - startedOn.getTime()));
  const common = { ...counts, attempts: counts.attempts + 1, durations };
  const on = endedOn.toISOString();
  if (!isDelivered) return { ...common, failures: counts.failures + 1, lastFailedOn: on };
  const slot = Math.floor((endedOn.getTime() % hourMs) / slotMs);
  return { ...common, delivered: plusOneAt(counts.delivered, slot), lastDeliveredOn: on };
};

const sums = (one: readonly number[], other: readonly number[]): readonly number[] =>
  one.map((count, index) => count + (other[index] ?? 0));

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  (one ?? '') > (other ?? '') ? one : other;

const together = (one: HourCounts, other: HourCounts): HourCounts => {
  const lastDeliveredOn = later(one.lastDeliveredOn, other.lastDeliveredOn);
  const lastFailedOn = later(one.lastFailedOn, other.lastFailedOn);
  return {
    attempts: one.attempts + other.attempts,
    failures: one.failures + other.failures,
    durations: sums(one.durations, other.durations),
    delivered: sums(one.delivered, other.delivered),
    ...(lastDeliveredOn === undefined ? {} : { lastDeliveredOn }),
    ...(lastFailedOn === undefined ? {} : { lastFailedOn }),
  };
};

/** Upper end of the step that the 95th of 100 attempts falls in. */
const p95 = ({ attempts, durations }: HourCounts): number | null => {
  let seen = 0;
  const step = durations.findIndex((count) => (seen += count) >= attempts * 0.95);
  return attempts === 0 ? null : (durationSteps[step] ?? null);
};

/** Hours that a history goes back, the current one included. */
export const hoursKept = 24;

/** The first hour of a history. */
export const firstHour = (now: Date, hours = hoursKept): string =>
  hourOf(new Date(now.getTime() - (hours - 1) * hourMs));

const figures = (hour: string, counts: HourCounts): HourFigures => ({
  hour,
  attempts: counts.attempts,
  failures: counts.failures,
  p95Ms: p95(counts),
});

/** How an endpoint did in the last hours, from the rows of all instances; other endpoints' rows are left out. */
export const historyOf = (rows: readonly HourRow[], endpoint: string, now: Date): EndpointHistory => {
  const own = rows.filter((row) => row.endpoint === endpoint);
  const firstMs = Date.parse(firstHour(now));
  const hours = Array.from({ length: hoursKept }, (_, n) => new Date(firstMs + n * hourMs).toISOString());
  const countsOf = (hour: string): HourCounts =>
    own.filter((row) => row.hour === hour).reduce((sum, { counts }) => together(sum, counts), noCounts);
  const all = own.reduce((sum, { counts }) => together(sum, counts), noCounts);
  return {
    hours: hours.map((hour) => figures(hour, countsOf(hour))),
    lastDeliveredOn: all.lastDeliveredOn ?? null,
    lastFailedOn: all.lastFailedOn ?? null,
  };
};

/** Deliveries of all endpoints in the last so many hours, exact to five minutes. */
export const deliveredIn = (rows: readonly HourRow[], hours: number, now: Date): number => {
  const fromMs = now.getTime() - hours * hourMs;
  return rows.reduce(
    (sum, { hour, counts }) =>
      counts.delivered.reduce(
        (count, each, slot) => (Date.parse(hour) + (slot + 1) * slotMs > fromMs ? count + each : count),
        sum,
      ),
    0,
  );
};
