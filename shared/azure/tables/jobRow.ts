import { isFailureCode } from '../../delivery/failureCatalogue.ts';
import { shardOfJobId, type JobId } from '../../job/jobId.ts';
import { isJobStatus, jobStatuses } from '../../job/jobStatus.ts';
import type { ActionRecord, AttemptRecord, SystemJob } from '../../job/systemJob.ts';

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
  'startedOn',
  'completedOn',
  'modifiedOn',
  'attention',
] as const;

const recordNames = ['attempts', 'actions'] as const;

type Columns<Names extends readonly string[]> = Readonly<Record<Names[number], Column>>;

/** What lists read: neither the body nor the records. */
export const columnsOfLists: readonly string[] = ['PartitionKey', 'RowKey', ...fixedNames, ...progressNames];

/** What a job's own page and every update read: all but the body. */
export const columnsOfJob: readonly string[] = [...columnsOfLists, ...recordNames];

const time = (date: Date | undefined): string => date?.toISOString() ?? '';

/** The rest of what never changes, in one column: each property of a row costs time on its way, there and back. */
type Details = Pick<
  SystemJob,
  | 'requestId'
  | 'owningExtensionId'
  | 'organization'
  | 'userId'
  | 'initiatingUserId'
  | 'initiatingUserAgent'
  | 'sizeExceeded'
  | 'idempotencyKey'
  | 'bodyBytes'
  | 'bodyDigest'
>;

const detailsOf = (job: SystemJob): Details => ({
  requestId: job.requestId,
  owningExtensionId: job.owningExtensionId,
  organization: job.organization,
  userId: job.userId,
  initiatingUserId: job.initiatingUserId,
  initiatingUserAgent: job.initiatingUserAgent,
  sizeExceeded: job.sizeExceeded,
  idempotencyKey: job.idempotencyKey,
  bodyBytes: job.bodyBytes,
  bodyDigest: job.bodyDigest,
});

const fixedColumns = (job: SystemJob): Columns<typeof fixedNames> => ({
  endpoint: job.endpoint,
  name: job.name,
  createdOn: time(job.createdOn),
  operationId: job.operationId ?? '',
  correlationId: job.correlationId ?? '',
  operationCreatedOn: time(job.operationCreatedOn),
  messageName: job.messageName,
  primaryEntityType: job.primaryEntityName,
  regardingObjectId: job.primaryEntityId,
  depth: job.depth,
  details: JSON.stringify(detailsOf(job)),
});

const progressColumns = (job: SystemJob): Columns<typeof progressNames> => ({
  status: job.status,
  ...jobStatuses[job.status],
  friendlyMessage: job.friendlyMessage,
  message: job.message ?? '',
  code: job.code ?? '',
  errorCode: job.errorCode ?? 0,
  attemptCount: job.attemptCount,
  roundStartedOn: time(job.roundStartedOn),
  roundAttempts: job.roundAttempts,
  postponeUntil: time(job.postponeUntil),
  startedOn: time(job.startedOn),
  completedOn: time(job.completedOn),
  modifiedOn: time(job.modifiedOn),
  attention: job.attention,
});

const recordColumns = (job: SystemJob): Columns<typeof recordNames> => ({
  attempts: job.attempts.length === 0 ? '' : JSON.stringify(job.attempts),
  actions: job.actions.length === 0 ? '' : JSON.stringify(job.actions),
});

const withoutEmpty = (columns: JobColumns): JobColumns =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== ''));

/** All columns of a new row; what is as it is at every start is left out. */
export const columnsOfNewJob = (job: SystemJob): JobColumns => {
  const columns = { ...fixedColumns(job), ...progressColumns(job), ...recordColumns(job) };
  const atStart: JobColumns = {
    errorCode: 0,
    attemptCount: 0,
    roundAttempts: 0,
    roundStartedOn: columns.createdOn,
    modifiedOn: columns.createdOn,
  };
  return withoutEmpty(
    Object.fromEntries(Object.entries(columns).filter(([column, value]) => atStart[column] !== value)),
  );
};

/** Columns of an entry of the attention index. */
export const columnsOfEntry = (job: SystemJob): JobColumns =>
  withoutEmpty({ ...fixedColumns(job), ...progressColumns(job) });

/** The columns in which two states of one job differ. */
export const changedColumns = (before: SystemJob, after: SystemJob): JobColumns => {
  const old: JobColumns = { ...progressColumns(before), ...recordColumns(before) };
  const current = { ...progressColumns(after), ...recordColumns(after) };
  return Object.fromEntries(Object.entries(current).filter(([column, value]) => old[column] !== value));
};

/** A row as the client returns it. */
export type JobRow = Readonly<Record<string, unknown>>;

const text = (row: JobRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};
const optionalText = (row: JobRow, column: string): string | undefined => text(row, column) || undefined;
const number = (row: JobRow, column: string): number => Number(row[column] ?? 0);
const date = (row: JobRow, column: string): Date => new Date(text(row, column));
const optionalDate = (row: JobRow, column: string): Date | undefined =>
  text(row, column) === '' ? undefined : date(row, column);

const records = (row: JobRow, column: string): readonly unknown[] => {
  const json = text(row, column);
  return json === '' ? [] : (JSON.parse(json) as unknown[]);
};

const detailsIn = (row: JobRow): Details => {
  const details = JSON.parse(text(row, 'details')) as Partial<Details>;
  return {
    requestId: details.requestId,
    owningExtensionId: details.owningExtensionId,
    organization: details.organization,
    userId: details.userId,
    initiatingUserId: details.initiatingUserId,
    initiatingUserAgent: details.initiatingUserAgent,
    sizeExceeded: details.sizeExceeded === true,
    idempotencyKey: details.idempotencyKey,
    bodyBytes: details.bodyBytes ?? 0,
    bodyDigest: details.bodyDigest ?? '',
  };
};

const fixedOf = (row: JobRow) => ({
  id: jobIdOfRowKey(text(row, 'rowKey')),
  endpoint: text(row, 'endpoint'),
  name: text(row, 'name'),
  createdOn: date(row, 'createdOn'),
  operationId: optionalText(row, 'operationId'),
  correlationId: optionalText(row, 'correlationId'),
  operationCreatedOn: optionalDate(row, 'operationCreatedOn'),
  messageName: text(row, 'messageName'),
  primaryEntityName: text(row, 'primaryEntityType'),
  primaryEntityId: text(row, 'regardingObjectId'),
  depth: number(row, 'depth'),
  ...detailsIn(row),
});

/** @throws Error when the row was not written by the bridge. */
export const jobOfRow = (row: JobRow): SystemJob => {
  const status = text(row, 'status');
  const code = text(row, 'code');
  if (!isJobStatus(status)) throw new Error(`Row ${text(row, 'rowKey')} has the unknown status "${status}".`);
  const createdOn = date(row, 'createdOn');
  return {
    ...fixedOf(row),
    status,
    friendlyMessage: text(row, 'friendlyMessage'),
    message: optionalText(row, 'message'),
    code: isFailureCode(code) ? code : undefined,
    errorCode: number(row, 'errorCode') || undefined,
    attemptCount: number(row, 'attemptCount'),
    roundStartedOn: optionalDate(row, 'roundStartedOn') ?? createdOn,
    roundAttempts: number(row, 'roundAttempts'),
    postponeUntil: optionalDate(row, 'postponeUntil'),
    startedOn: optionalDate(row, 'startedOn'),
    completedOn: optionalDate(row, 'completedOn'),
    modifiedOn: optionalDate(row, 'modifiedOn') ?? createdOn,
    attention: row['attention'] === true,
    attempts: records(row, 'attempts') as readonly AttemptRecord[],
    actions: records(row, 'actions') as readonly ActionRecord[],
  };
};
