import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { JobId } from '../job/jobId.ts';

/**
 * What is known of an endpoint beyond its entry in the endpoints file: kept in one row, the same for every instance of
 * the app. Times are ISO 8601: the state is stored as it is.
 */
export interface EndpointState {
  readonly endpoint: string;
  /** Set while a person keeps it paused; whatever the breaker says. */
  readonly pause?: Pause | undefined;
  readonly breaker: Breaker;
  /** Set while jobs that were held are let go. */
  readonly drain?: Drain | undefined;
  /** Jobs let go a minute, as a person last asked; the endpoints file's when absent. */
  readonly drainPerMinute?: number;
  /** Since when its kind ({@link kindOf}) is what it is; absent for an endpoint that never was anything but running. */
  readonly since?: string;
}

export interface Pause {
  readonly by: string;
  readonly on: string;
  readonly reason?: string;
}

export type Breaker =
  /** `closedOn`: what was attempted before says nothing any more. */
  | { readonly state: 'closed'; readonly closedOn?: string }
  /** No attempt until `openUntil`; the first job after it is the probe. */
  | ({ readonly state: 'open' } & Opening)
  /** One job makes its attempt. When its result does not come until `claimedUntil`, another one may. */
  | ({ readonly state: 'halfOpen'; readonly probe: JobId; readonly claimedUntil: string } & Opening);

export interface Opening {
  /** When it opened first; probes that failed since do not count. */
  readonly openedOn: string;
  readonly openUntil: string;
  /** Openings in a row, the first one included. */
  readonly openings: number;
  /** The failure that opened it. */
  readonly code: FailureCode;
}

export interface Drain {
  readonly perMinute: number;
  readonly startedOn: string;
  /** Until when the jobs let go so far use up the rate. */
  readonly paidUntil: string;
}

export const endpointStateKinds = ['running', 'paused', 'open', 'halfOpen', 'draining'] as const;

/** Where an endpoint stands, in one word. */
export type EndpointStateKind = (typeof endpointStateKinds)[number];

/** A person's pause comes before what the breaker says. */
export const kindOf = ({ pause, breaker, drain }: EndpointState): EndpointStateKind => {
  if (pause !== undefined) return 'paused';
  if (breaker.state !== 'closed') return breaker.state;
  return drain === undefined ? 'running' : 'draining';
};

/** When a breaker that is not closed lets a job try: its first probe, or another one when that does not come back. */
export const probeDueOn = (breaker: Exclude<Breaker, { state: 'closed' }>): string =>
  breaker.state === 'open' ? breaker.openUntil : breaker.claimedUntil;

/** An endpoint of which nothing is written. */
export const untouched = (endpoint: string): EndpointState => ({ endpoint, breaker: { state: 'closed' } });
