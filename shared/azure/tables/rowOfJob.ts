import { packAttempts } from '../../job/attemptRecords.ts';
import { jobStatuses } from '../../job/jobStatus.ts';
import type { SystemJob } from '../../job/systemJob.ts';
import type { Details, FixedColumns, JobColumns, ProgressColumns, RecordColumns } from './jobRow.ts';

const time = (date: Date | undefined): string => date?.toISOString() ?? '';

const detailsOf = (job: SystemJob): Details => ({
  requestId: job.requestId,
  owningExtensionId: job.owningExtensionId,
  organization: job.organization,
  userId: job.userId,
  initiatingUserId: job.initiatingUserId,
  initiatingUserAgent: job.initiatingUserAgent,
  userObjectId: job.userObjectId,
  initiatingUserObjectId: job.initiatingUserObjectId,
  traceParent: job.traceParent,
  sizeExceeded: job.sizeExceeded,
  idempotencyKey: job.idempotencyKey,
  bodyBytes: job.bodyBytes,
  bodyDigest: job.bodyDigest,
});

const fixedColumns = (job: SystemJob): FixedColumns => ({
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

const progressColumns = (job: SystemJob): ProgressColumns => ({
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
  held: job.held,
  startedOn: time(job.startedOn),
  completedOn: time(job.completedOn),
  modifiedOn: time(job.modifiedOn),
  attention: job.attention,
});

const recordColumns = (job: SystemJob): RecordColumns => ({
  attempts: job.attempts.length === 0 ? '' : JSON.stringify(packAttempts(job.attempts)),
  actions: job.actions.length === 0 ? '' : JSON.stringify(job.actions),
  answer: job.answer ?? '',
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
    held: false,
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
