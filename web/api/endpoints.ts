/** What `GET /api/endpoints` answers of each endpoint; docs/api.md. Times are ISO 8601. */
export interface EndpointView {
  readonly name: string;
  readonly contract: string;
  readonly path: string;
  readonly connection: string;
  readonly messageFormat: string;
  readonly identity: string | null;
  readonly notifyPath: string;
  readonly retry: {
    readonly firstDelaySeconds: number;
    readonly factor: number;
    readonly longestDelaySeconds: number;
    readonly totalHours: number;
    readonly maxAttempts: number;
  };
  readonly state: EndpointState;
  readonly since: string | null;
  readonly reason: string | null;
  readonly pause: { readonly by: string; readonly on: string; readonly reason: string | null } | null;
  readonly breaker: {
    readonly state: 'closed' | 'open' | 'halfOpen';
    readonly openedOn: string | null;
    readonly code: string | null;
    readonly nextProbeOn: string | null;
    readonly openings: number;
  };
  readonly drainPerMinute: number;
  readonly held: number;
  readonly backlog: number;
  readonly estimatedDrainOn: string | null;
  readonly hours: readonly HourView[];
  readonly lastDeliveredOn: string | null;
  readonly lastFailedOn: string | null;
  readonly actions: readonly EndpointAction[];
}

export type EndpointState = 'running' | 'paused' | 'open' | 'halfOpen' | 'draining';

export type EndpointAction = 'pause' | 'resume' | 'drain';

/** One hour of the last 24. */
export interface HourView {
  readonly hour: string;
  readonly attempts: number;
  readonly failures: number;
  readonly p95Ms: number | null;
}
