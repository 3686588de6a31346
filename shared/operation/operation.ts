import type { JobId } from '../job/jobId.ts';
import type { BulkAction } from './bulkAction.ts';
import type { Canary, StepProgress } from './canary.ts';
import type { OperationFilter } from './operationFilter.ts';
import type { OperationId } from './operationId.ts';
import type { OperationStatus } from './operationStatus.ts';

/** What a person asked for; never changes. */
export interface OperationRequest {
  readonly action: BulkAction;
  readonly filter: OperationFilter;
  /** Of a postponement. */
  readonly until: Date | undefined;
  readonly reason: string;
  readonly by: string;
  /** Jobs that came, or came to rest, after this are left alone: the person did not see them. */
  readonly cutOff: Date;
  readonly ratePerMinute: number;
  readonly canary: Canary | undefined;
}

/** Where the list of jobs goes on. */
export interface OperationPosition {
  /** Of the page that is to be listed next; absent for the first one. */
  readonly token?: string;
  /** No page is left to be listed. */
  readonly isLast?: true;
  /** Jobs of the page before that were not taken yet; a page at most. */
  readonly ahead?: readonly JobId[];
  /** With explicit ids: how many were taken. */
  readonly taken?: number;
}

/**
 * What the operation does at present.
 *
 * - `acting`: takes jobs and acts on them.
 * - `watching`: waits for the jobs of a canary step.
 * - `settling`: is at its end, and still looks what became of its jobs.
 * - `over`: nothing more happens.
 */
export const operationPhases = ['acting', 'watching', 'settling', 'over'] as const;

export type OperationPhase = (typeof operationPhases)[number];

/** What became of a job after a retry or a resume; `gone` when a person canceled, paused or deleted it since. */
export type JobOutcome = 'pending' | 'succeeded' | 'failedAgain' | 'gone';

/** What changes while an operation lives. */
export interface OperationProgress {
  readonly status: OperationStatus;
  readonly phase: OperationPhase;
  /** Why it is in this status, for people. */
  readonly message: string;
  readonly modifiedOn: Date;
  readonly startedOn: Date | undefined;
  readonly completedOn: Date | undefined;
  readonly position: OperationPosition;
  /** There are no more jobs to take. */
  readonly exhausted: boolean;
  /** Jobs taken and not yet recorded. Written before any of them is acted on, so a run that dies loses none. */
  readonly picked: readonly JobId[];
  /** Runs in a row in which acting on some of them ended in a fault of ours. */
  readonly actFaults: number;
  /** When the rate allows the next jobs to be taken. */
  readonly nextPickOn: Date;
  readonly steps: readonly StepProgress[];
  readonly refused: number;
  readonly missing: number;
  readonly failed: number;
  /** With `watching` and `settling`: since when, and where the current look goes on. */
  readonly watchedSince: Date | undefined;
  readonly lookOn: Date | undefined;
  readonly lookAfter: JobId | undefined;
  /** Outcomes that are counted, and perhaps not yet written to the results. */
  readonly staged: readonly StagedOutcome[];
}

export interface StagedOutcome {
  readonly jobId: JobId;
  readonly outcome: JobOutcome;
}

/** A bulk operation: one action on many jobs, as an object with an end, results and an author. */
export interface Operation extends OperationRequest, OperationProgress {
  readonly id: OperationId;
  readonly createdOn: Date;
  /** Jobs that matched when it was asked for. */
  readonly counted: number;
  /** False when counting was cut short: there are more. */
  readonly countedAll: boolean;
}

/** An operation in a list: without what can be long. Its filter has no `ids`; it cannot be acted on. */
export interface ListedOperation extends Omit<Operation, 'position' | 'picked' | 'staged'> {
  /** How many `ids` its filter has; undefined without. */
  readonly idCount: number | undefined;
}

/** An operation as read from the store, with the version that an update must name. */
export interface StoredOperation {
  readonly operation: Operation;
  readonly version: string;
}

/** What came of acting on one job. */
export interface JobResult {
  readonly jobId: JobId;
  /** `done`; `refused` by the job's status or because it changed since; `missing`; `failed` by a fault of ours. */
  readonly result: 'done' | 'refused' | 'missing' | 'failed';
  readonly detail: string;
  /** Index of the step it belonged to. */
  readonly step: number;
  /** Of a retry or a resume that was done. */
  readonly outcome: JobOutcome | undefined;
}
