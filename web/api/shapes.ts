import type { EndpointState } from './endpoints.ts';

/** What the API answers (docs/api.md). Times are ISO 8601 in UTC. */

export type JobStatus =
  | 'WaitingForResources'
  | 'Waiting'
  | 'Suspended'
  | 'InProgress'
  | 'Pausing'
  | 'Canceling'
  | 'Succeeded'
  | 'Failed'
  | 'Canceled';

export type JobAction = 'cancel' | 'pause' | 'resume' | 'postpone' | 'retry';

export interface JobSummary {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly status: JobStatus;
  readonly stateCode: number;
  readonly statusCode: number;
  readonly friendlyMessage: string;
  readonly code: string | null;
  readonly errorCode: number | null;
  readonly message: string | null;
  readonly attemptCount: number;
  readonly retryCount: number;
  /** Waiting because its endpoint is paused or open; no attempt is spent. */
  readonly held: boolean;
  readonly postponeUntil: string | null;
  readonly createdOn: string;
  readonly startedOn: string | null;
  readonly completedOn: string | null;
  readonly modifiedOn: string;
  readonly operationId: string | null;
  readonly operationCreatedOn: string | null;
  readonly correlationId: string | null;
  readonly requestId: string | null;
  readonly depth: number;
  readonly messageName: string;
  readonly primaryEntityType: string;
  readonly regardingObjectId: string;
  readonly owningExtensionId: string | null;
  readonly organization: string | null;
  readonly actions: readonly JobAction[];
}

export interface JobPage {
  readonly jobs: readonly JobSummary[];
  /** Ids of jobs whose rows cannot be read. */
  readonly unreadable: readonly string[];
  readonly next: string | null;
}

export interface GroupNote {
  readonly text: string;
  readonly by: string;
  readonly on: string;
}

/** Jobs of one endpoint that failed for one reason. */
export interface FailureGroup {
  readonly endpoint: string;
  readonly code: string;
  readonly outcome: string;
  readonly cause: string;
  readonly advice: string;
  readonly count: number;
  readonly retrying: number;
  readonly held: number;
  readonly suspended: number;
  readonly failed: number;
  readonly first: string;
  readonly last: string;
  /** 12 counts of five minutes each, oldest first. */
  readonly recent: readonly number[];
  readonly note: GroupNote | null;
}

/** An endpoint that holds its jobs back, or did. */
export interface EndpointNotRunning {
  readonly name: string;
  readonly state: EndpointState;
  readonly reason: string | null;
  readonly held: number;
}

export interface Summary {
  readonly countedOn: string;
  /** False when there were more jobs than are counted. */
  readonly complete: boolean;
  readonly statuses: Readonly<Record<Exclude<JobStatus, 'Succeeded' | 'Canceled'>, number>>;
  readonly held: number;
  readonly retrying: number;
  readonly delivered: { readonly lastHour: number; readonly lastDay: number };
  readonly groups: readonly FailureGroup[];
  /** Those that do not simply run. */
  readonly endpoints: readonly EndpointNotRunning[];
}

export type Role = 'read' | 'act' | 'payload';

export interface Me {
  readonly name: string;
  readonly auth: 'keys' | 'entra';
  readonly roles: readonly Role[];
}

/** RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
}
