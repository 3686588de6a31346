import type { FailureCode } from '../delivery/failureCatalogue.ts';
import type { Evidence } from './evidence.ts';
import type { JobAction } from './jobActions.ts';
import type { JobId } from './jobId.ts';
import type { JobStatus } from './jobStatus.ts';

/**
 * A system job without its body: one accepted notification on its way to one service endpoint. What comes from the
 * execution context has the name it has there, the rest that of a column of Dataverse's `asyncoperation` table; the API
 * shows all of it under the names of that table.
 */
export interface SystemJob extends JobProgress {
  readonly id: JobId;
  readonly endpoint: string;
  /** Name of the processing step, else "<message> of <table>". */
  readonly name: string;
  /** When the bridge accepted it. */
  readonly createdOn: Date;
  readonly operationId: string | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly operationCreatedOn: Date | undefined;
  readonly messageName: string;
  readonly primaryEntityName: string;
  /** Id of the record the operation was about. */
  readonly primaryEntityId: string;
  readonly depth: number;
  readonly owningExtensionId: string | undefined;
  readonly organization: string | undefined;
  readonly userId: string | undefined;
  readonly initiatingUserId: string | undefined;
  readonly initiatingUserAgent: string | undefined;
  /** Object ids in Entra. */
  readonly userObjectId: string | undefined;
  readonly initiatingUserObjectId: string | undefined;
  /** W3C trace context of the notification. */
  readonly traceParent: string | undefined;
  readonly sizeExceeded: boolean;
  readonly idempotencyKey: string | undefined;
  readonly bodyBytes: number;
  readonly bodyDigest: string;
}

/** What changes while a job lives. */
export interface JobProgress {
  readonly status: JobStatus;
  /** Why it is in this status, for people. */
  readonly friendlyMessage: string;
  /** Technical text of the last failure. */
  readonly message: string | undefined;
  readonly code: FailureCode | undefined;
  /** Dataverse's number for the last failure (signed HRESULT). */
  readonly errorCode: number | undefined;
  /** Attempts recorded, over all rounds. */
  readonly attemptCount: number;
  /** Start of the current retry round; its budget counts from here. */
  readonly roundStartedOn: Date;
  readonly roundAttempts: number;
  /** With status Waiting: when it goes on. */
  readonly postponeUntil: Date | undefined;
  /** Waits because its endpoint is paused, or left alone by its breaker; no attempt is spent. */
  readonly held: boolean;
  readonly startedOn: Date | undefined;
  readonly completedOn: Date | undefined;
  readonly modifiedOn: Date;
  /** What the listener of contract twoWay or rest returned, shortened. */
  readonly answer: string | undefined;
  /** Kept in the attention index, where waiting, suspended and failed jobs are found without a scan. */
  readonly attention: boolean;
  readonly attempts: readonly AttemptRecord[];
  readonly actions: readonly ActionRecord[];
}

/** One attempt to post, as kept on the job. */
export interface AttemptRecord {
  /** 1-based, over all rounds. */
  readonly attempt: number;
  readonly startedOn: string;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'retry' | 'suspend' | 'fail';
  readonly code?: FailureCode;
  /** The receiver's or the SDK's own words, shortened. */
  readonly detail?: string;
  /** When the next attempt was planned, if one was. */
  readonly nextOn?: string;
  /** Members of the context that were left out of what was delivered, because it was too large. */
  readonly stripped?: readonly string[];
  /** What was sent and answered; absent when there was no message, or when it had to make room on the row. */
  readonly evidence?: Evidence | undefined;
}

/** What a person asked for or looked at, as kept on the job. */
export interface ActionRecord {
  readonly action: JobAction | typeof seePayload;
  readonly on: string;
  readonly by: string;
  readonly reason?: string;
  /** Of a postponement. */
  readonly until?: string;
  /** Id of the bulk operation that it was part of. */
  readonly operation?: string;
}

/** A look at the context and the message of a job: changes nothing, but is recorded. */
export const seePayload = 'seePayload';

/** A job as read from the store, with the version that an update must name. */
export interface StoredJob {
  readonly job: SystemJob;
  readonly version: string;
}

export interface StoredJobWithBody extends StoredJob {
  readonly body: Uint8Array;
}

/** Attempts kept in full; the first and the latest say most, those between are counted only. */
export const attemptsKept = 50;
export const actionsKept = 20;

/** A text column of the table holds 32,767 characters (Azure Table Storage, 64 KiB of UTF-16). */
export const longestJson = 30_000;

/** `list`, without its second entries until it is small enough to be stored: the first and the latest say most. */
const bounded = <Entry>(list: readonly Entry[], most: number, longest: number): readonly Entry[] =>
  list.length > 2 && (list.length > most || JSON.stringify(list).length > longest)
    ? bounded([...list.slice(0, 1), ...list.slice(2)], most, longest)
    : list;

/**
 * `list` with `entry` behind it: at most `most` entries, the first one stays.
 *
 * @param longest characters of JSON that there is room for.
 */
export const appendBounded = <Entry>(
  list: readonly Entry[],
  entry: Entry,
  most: number,
  longest: number = longestJson,
): readonly Entry[] => bounded([...list, entry], most, longest);
