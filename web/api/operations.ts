import type { JobAction } from './shapes.ts';

export type BulkAction = JobAction | 'delete';

/** What `/api/operations` takes and answers; docs/api.md. Times are ISO 8601. */
export interface OperationView {
  readonly id: string;
  readonly action: BulkAction;
  /** In a list without `ids`. */
  readonly filter: OperationFilter;
  readonly idCount: number | null;
  readonly reason: string;
  readonly by: string;
  readonly createdOn: string;
  readonly cutOff: string;
  readonly status: 'Running' | 'Canceling' | 'Completed' | 'Stopped' | 'Canceled' | 'Failed';
  readonly message: string | null;
  readonly counted: number;
  /** False: there are more than were counted. */
  readonly countedAll: boolean;
  readonly done: number;
  readonly refused: number;
  readonly missing: number;
  /** By a fault of ours. */
  readonly failed: number;
  readonly outcomes: { readonly succeeded: number; readonly failedAgain: number; readonly pending: number };
  readonly ratePerMinute: number;
  readonly canary: Canary | null;
  readonly steps: readonly StepView[];
  readonly estimatedEndOn: string | null;
  readonly startedOn: string | null;
  readonly completedOn: string | null;
  readonly actions: readonly string[];
}

/** What `GET /api/operations` answers. */
export interface OperationList {
  readonly operations: readonly OperationView[];
  /** Ids of those whose rows cannot be read. */
  readonly unreadable: readonly string[];
  readonly next: string | null;
}

export interface StepView {
  readonly size: number | null;
  readonly done: number;
  readonly failedAgain: number;
  readonly status: string;
}

export interface Canary {
  readonly steps: readonly number[];
  readonly failureLimitPercent: number;
}

/** Which jobs; what is absent does not matter. */
export interface OperationFilter {
  readonly status?: string | readonly string[];
  readonly attention?: boolean;
  readonly endpoint?: string;
  readonly code?: string;
  readonly table?: string;
  readonly message?: string;
  readonly record?: string;
  readonly held?: boolean;
  readonly retried?: boolean;
  readonly retrying?: boolean;
  readonly minAttempts?: number;
  readonly nextBefore?: string;
  readonly from?: string;
  readonly to?: string;
  readonly correlationId?: string;
  readonly operationId?: string;
  readonly ids?: readonly string[];
}

/** What `POST /api/operations` takes; with `dryRun` it only counts. */
export interface OperationRequest {
  readonly action: BulkAction;
  readonly filter: OperationFilter;
  readonly reason: string;
  readonly until?: string;
  readonly ratePerMinute?: number;
  readonly canary?: Canary;
  readonly cutOff?: string;
  readonly dryRun?: true;
}

/** The answer to a request that only counts. */
export interface BulkCount {
  readonly count: number;
  /** False: there are more than were counted. */
  readonly complete: boolean;
  readonly cutOff: string;
}

export interface ResultView {
  readonly jobId: string;
  readonly result: 'done' | 'refused' | 'missing' | 'failed';
  readonly detail: string;
  readonly outcome: string | null;
}
