import type { JobId } from '../job/jobId.ts';
import type { JobResult, ListedOperation, Operation, StagedOutcome, StoredOperation } from './operation.ts';
import type { OperationId } from './operationId.ts';
import type { UnreadableOperation } from './unreadableOperation.ts';

/** Operations, newest first. */
export interface OperationPage {
  readonly operations: readonly ListedOperation[];
  /** Operations that belong here and cannot be read. */
  readonly unreadable: readonly UnreadableOperation[];
  /** Id to continue behind; absent on the last page. */
  readonly next?: OperationId;
}

export interface ResultPage {
  readonly results: readonly JobResult[];
  /** Id of the job to continue behind; absent on the last page. */
  readonly next?: JobId;
}

export interface ResultQuery {
  readonly top: number;
  /** Behind this job; results come shard by shard, by the id of the job within each. */
  readonly after?: JobId | undefined;
  /** Only results whose outcome is still open, of one step when given. */
  readonly pending?: { readonly step?: number | undefined };
}

/** Reads and writes of single operations. */
export interface SingleOperationStore {
  /** Stores it; one that is stored already, since an answer got lost, is left and given back as it is. */
  insert(operation: Operation): Promise<StoredOperation>;
  /**
   * Undefined when there is no such operation.
   *
   * @throws UnreadableOperation
   */
  read(id: OperationId): Promise<StoredOperation | undefined>;
  /** `changed` when somebody wrote in between (nothing is written then). */
  update(before: StoredOperation, after: Operation): Promise<StoredOperation | 'changed'>;
}

/** Results, one for each job of an operation. */
export interface ResultStore {
  /** Writes results; one that is written again replaces itself, so a part of them may be there after an error. */
  putResults(id: OperationId, results: readonly JobResult[]): Promise<void>;
  /** Writes outcomes into results that exist; after an error a part of them may be there. */
  putOutcomes(id: OperationId, outcomes: readonly StagedOutcome[]): Promise<void>;
  results(id: OperationId, query: ResultQuery): Promise<ResultPage>;
  /** The result of one job, if there is any yet. */
  readResult(id: OperationId, jobId: JobId): Promise<JobResult | undefined>;
}

export interface OperationListStore {
  list(query: { readonly top: number; readonly after?: OperationId }): Promise<OperationPage>;
  /** Operations that are not over and were not written since, a hundred at most. */
  listStalled(modifiedBefore: Date): Promise<readonly StalledOperation[]>;
}

export interface StalledOperation {
  readonly id: OperationId;
  readonly modifiedOn: Date;
}

/** What removing operations needs, in pieces. */
export interface OldOperationStore {
  /** At most `top` operations that are over and were asked for before. */
  listOver(createdBefore: Date, top: number): Promise<readonly OperationId[]>;
  /** Removes at most 100 results; says whether none is left. */
  removeResults(id: OperationId): Promise<boolean>;
  /** Removes the operation itself; one that is gone already is no fault. */
  remove(id: OperationId): Promise<void>;
}

/** All that the app asks of a store of operations. */
export type OperationStore = SingleOperationStore & ResultStore & OperationListStore & OldOperationStore;
