import { shardOfJobId, type JobId } from '../../job/jobId.ts';
import type { SystemJob } from '../../job/systemJob.ts';

/**
 * A job as a table row. Keys are computed from the id: the partition is its shard, the row key its kind and the id, so
 * no job is ever searched for. A partition holds two kinds of rows, each newest first: `j` the jobs, `a` the attention
 * index, a copy of what lists show. Being neighbours, a job and its index entry change in one transaction.
 *
 * A merge cannot remove a property, so "none" is written as an empty text or 0, and times are ISO 8601 texts (which
 * sort like times).
 */
export type RowKind = 'j' | 'a';

export const partitionKeyOf = (id: JobId): string => shardOfJobId(id);

export const rowKeyOf = (kind: RowKind, id: JobId): string => `${kind}${id}`;

export const jobIdOfRowKey = (rowKey: string): JobId => rowKey.slice(1);

type Column = string | number | boolean;

export type JobColumns = Readonly<Record<string, Column>>;

/** What people know from Dataverse, look for or filter by. */
const fixedNames = [
  'endpoint',
  'name',
  'createdOn',
  'operationId',
  'correlationId',
  'operationCreatedOn',
  'messageName',
  'primaryEntityType',
  'regardingObjectId',
  'depth',
  'details',
] as const;

const progressNames = [
  'status',
  'stateCode',
  'statusCode',
  'friendlyMessage',
  'message',
  'code',
  'errorCode',
  'attemptCount',
  'roundStartedOn',
  'roundAttempts',
  'postponeUntil',
  'held',
  'startedOn',
  'completedOn',
  'modifiedOn',
  'attention',
] as const;

const recordNames = ['attempts', 'actions', 'answer'] as const;

type Columns<Names extends readonly string[]> = Readonly<Record<Names[number], Column>>;

export type FixedColumns = Columns<typeof fixedNames>;
export type ProgressColumns = Columns<typeof progressNames>;
export type RecordColumns = Columns<typeof recordNames>;

/** What lists read: neither the body nor the records. */
export const columnsOfLists: readonly string[] = ['PartitionKey', 'RowKey', ...fixedNames, ...progressNames];

/** What a job's own page and every update read: all but the body. */
export const columnsOfJob: readonly string[] = [...columnsOfLists, ...recordNames];

/** The rest of what never changes, in one column: each property of a row costs time on its way, there and back. */
export type Details = Pick<
  SystemJob,
  | 'requestId'
  | 'owningExtensionId'
  | 'organization'
  | 'userId'
  | 'initiatingUserId'
  | 'initiatingUserAgent'
  | 'userObjectId'
  | 'initiatingUserObjectId'
  | 'traceParent'
  | 'sizeExceeded'
  | 'idempotencyKey'
  | 'bodyBytes'
  | 'bodyDigest'
>;

/** A row as the client returns it. */
export type JobRow = Readonly<Record<string, unknown>>;
