import { pendingOf, type Canary, type StepStatus } from '../operation/canary.ts';
import { hasOutcomes, type BulkAction } from '../operation/bulkAction.ts';
import type { JobResult, ListedOperation, Operation } from '../operation/operation.ts';
import type { OperationFilter } from '../operation/operationFilter.ts';
import { operationActions, type OperationStatus } from '../operation/operationStatus.ts';
import { doneOf } from '../operation/progress.ts';
import { timeForMs } from '../operation/rate.ts';

/** A bulk operation as callers see it. Times become ISO 8601 in UTC; what it does not have is null. */
export interface OperationView {
  readonly id: string;
  readonly action: BulkAction;
  /** In a list without `ids`. */
  readonly filter: OperationFilter;
  /** How many `ids` it has. */
  readonly idCount: number | null;
  readonly until: Date | null;
  readonly reason: string;
  readonly by: string;
  readonly createdOn: Date;
  readonly cutOff: Date;
  readonly status: OperationStatus;
  /** Why it is in this status. */
  readonly message: string;
  /** Jobs that matched when it was asked for; with `countedAll` false there were more. */
  readonly counted: number;
  readonly countedAll: boolean;
  readonly done: number;
  readonly refused: number;
  readonly missing: number;
  /** By a fault of ours. */
  readonly failed: number;
  /** Of a retry or a resume: what became of the jobs acted on. */
  readonly outcomes: { readonly succeeded: number; readonly failedAgain: number; readonly pending: number };
  readonly ratePerMinute: number;
  readonly canary: Canary | null;
  readonly steps: readonly StepView[];
  readonly estimatedEndOn: Date | null;
  readonly startedOn: Date | null;
  readonly completedOn: Date | null;
  readonly modifiedOn: Date;
  /** What can be asked of it now. */
  readonly actions: readonly 'cancel'[];
}

export interface StepView {
  /** Null for all that are left. */
  readonly size: number | null;
  readonly done: number;
  readonly failedAgain: number;
  readonly status: StepStatus;
}

/** What came of one job. */
export interface ResultView {
  readonly jobId: string;
  readonly result: JobResult['result'];
  readonly detail: string;
  readonly outcome: Exclude<JobResult['outcome'], undefined> | null;
}

/** What is shown of an operation, be it one of a list or read alone. */
type Shown = Omit<ListedOperation, 'idCount'> & Partial<Pick<ListedOperation, 'idCount'>>;

const outcomesOf = ({ action, steps }: Shown): OperationView['outcomes'] => {
  const sum = (part: (step: Operation['steps'][number]) => number): number =>
    steps.reduce((total, step) => total + part(step), 0);
  return {
    succeeded: sum(({ succeeded }) => succeeded),
    failedAgain: sum(({ failedAgain }) => failedAgain),
    pending: hasOutcomes(action) ? sum(pendingOf) : 0,
  };
};

/** By its rate alone; what canary steps wait for cannot be known. */
const estimatedEndOn = (operation: Shown, now: Date): Date | null => {
  if (operation.status !== 'Running' || !operation.countedAll) return null;
  const { counted, refused, missing, failed, ratePerMinute } = operation;
  const left = Math.max(0, counted - doneOf(operation) - refused - missing - failed);
  return new Date(now.getTime() + timeForMs(left, ratePerMinute));
};

export const operationView = (operation: Shown, now: Date): OperationView => ({
  id: operation.id,
  action: operation.action,
  filter: operation.filter,
  idCount: operation.idCount ?? operation.filter.ids?.length ?? null,
  until: operation.until ?? null,
  reason: operation.reason,
  by: operation.by,
  createdOn: operation.createdOn,
  cutOff: operation.cutOff,
  status: operation.status,
  message: operation.message,
  counted: operation.counted,
  countedAll: operation.countedAll,
  done: doneOf(operation),
  refused: operation.refused,
  missing: operation.missing,
  failed: operation.failed,
  outcomes: outcomesOf(operation),
  ratePerMinute: operation.ratePerMinute,
  canary: operation.canary ?? null,
  steps: operation.steps.map(({ size, done, failedAgain, status }) => ({
    size: size ?? null,
    done,
    failedAgain,
    status,
  })),
  estimatedEndOn: estimatedEndOn(operation, now),
  startedOn: operation.startedOn ?? null,
  completedOn: operation.completedOn ?? null,
  modifiedOn: operation.modifiedOn,
  actions: operationActions(operation.status),
});

export const resultView = ({ jobId, result, detail, outcome }: JobResult): ResultView => ({
  jobId,
  result,
  detail,
  outcome: outcome ?? null,
});
