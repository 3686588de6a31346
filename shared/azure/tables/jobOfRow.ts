import { isFailureCode } from '../../delivery/failureCatalogue.ts';
import { unpackAttempts, type PackedAttempt } from '../../job/attemptRecords.ts';
import type { JobPage } from '../../job/jobList.ts';
import { isJobStatus } from '../../job/jobStatus.ts';
import type { ActionRecord, SystemJob } from '../../job/systemJob.ts';
import { UnreadableJob, type ReportUnreadable } from '../../job/unreadableJob.ts';
import { jobIdOfRowKey, type Details, type JobRow } from './jobRow.ts';

const text = (row: JobRow, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};
const optionalText = (row: JobRow, column: string): string | undefined => text(row, column) || undefined;
const number = (row: JobRow, column: string): number => Number(row[column] ?? 0);
const date = (row: JobRow, column: string): Date => {
  const time = new Date(text(row, column));
  if (Number.isNaN(time.getTime())) throw new Error(`${column} is "${text(row, column)}", which is no time.`);
  return time;
};
const optionalDate = (row: JobRow, column: string): Date | undefined =>
  text(row, column) === '' ? undefined : date(row, column);

const records = (row: JobRow, column: string): readonly unknown[] => {
  const json = text(row, column);
  return json === '' ? [] : (JSON.parse(json) as unknown[]);
};

const detailsIn = (row: JobRow): Details => {
  if (text(row, 'details') === '') throw new Error('details are missing.');
  const details = JSON.parse(text(row, 'details')) as Partial<Details>;
  return {
    requestId: details.requestId,
    owningExtensionId: details.owningExtensionId,
    organization: details.organization,
    userId: details.userId,
    initiatingUserId: details.initiatingUserId,
    initiatingUserAgent: details.initiatingUserAgent,
    userObjectId: details.userObjectId,
    initiatingUserObjectId: details.initiatingUserObjectId,
    traceParent: details.traceParent,
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

const read = (row: JobRow): SystemJob => {
  const status = text(row, 'status');
  const code = text(row, 'code');
  if (!isJobStatus(status)) throw new Error(`the status "${status}" is unknown.`);
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
    held: row['held'] === true,
    startedOn: optionalDate(row, 'startedOn'),
    completedOn: optionalDate(row, 'completedOn'),
    modifiedOn: optionalDate(row, 'modifiedOn') ?? createdOn,
    answer: optionalText(row, 'answer'),
    attention: row['attention'] === true,
    attempts: unpackAttempts(records(row, 'attempts') as readonly PackedAttempt[]),
    actions: records(row, 'actions') as readonly ActionRecord[],
  };
};

/** @throws UnreadableJob when the row is damaged, or was written by a version that knows more. */
export const jobOfRow = (row: JobRow): SystemJob => {
  try {
    return read(row);
  } catch (error) {
    const key = text(row, 'rowKey');
    throw new UnreadableJob(jobIdOfRowKey(key), key, error);
  }
};

/** For lists and sweeps: a row that cannot be read is reported, and undefined here. */
export const jobOfRowOr = (report: ReportUnreadable, row: JobRow): SystemJob | undefined => {
  try {
    return jobOfRow(row);
  } catch (error) {
    if (!(error instanceof UnreadableJob)) throw error;
    report(error);
    return undefined;
  }
};

/** The jobs of a page of a list, and the rows on it that cannot be read. */
export const jobsOfRows = (rows: readonly JobRow[]): Pick<JobPage, 'jobs' | 'unreadable'> => {
  const unreadable: UnreadableJob[] = [];
  const jobs = rows.flatMap((row) => jobOfRowOr((fault) => unreadable.push(fault), row) ?? []);
  return { jobs, unreadable };
};
