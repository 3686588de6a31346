import { odata } from '@azure/data-tables';
import { isFailureCode } from '../../delivery/failureCatalogue.ts';
import type { AttentionEntry, AttentionScan } from '../../group/groupStore.ts';
import { shards } from '../../job/jobId.ts';
import { isJobStatus } from '../../job/jobStatus.ts';
import { UnreadableJob, type ReportUnreadable } from '../../job/unreadableJob.ts';
import { jobIdOfRowKey, type JobRow } from './jobRow.ts';
import { readPages, rowPages } from './rowPages.ts';
import type { TableAccess } from './tableAccess.ts';

/** Requests spent on one shard; each brings up to 1000 rows (the service's limit), so 160,000 jobs are counted. */
const mostRequests = 10;

/** A scan is cut short as well when it took this long: a person waits for it. */
const mostMs = 5000;

const columns = ['RowKey', 'endpoint', 'status', 'code', 'held', 'attemptCount', 'startedOn', 'modifiedOn'];

const dateIn = (row: JobRow, column: string): Date | undefined => {
  const text = row[column];
  const time = typeof text === 'string' && text !== '' ? new Date(text) : undefined;
  if (time !== undefined && Number.isNaN(time.getTime())) {
    throw new Error(`${column} is "${String(text)}", which is no time.`);
  }
  return time;
};

const read = (row: JobRow): AttentionEntry => {
  const { status, code, endpoint } = row;
  const modifiedOn = dateIn(row, 'modifiedOn');
  if (typeof status !== 'string' || !isJobStatus(status)) {
    throw new Error(`the status "${String(status)}" is unknown.`);
  }
  if (modifiedOn === undefined) throw new Error('modifiedOn is missing.');
  return {
    endpoint: typeof endpoint === 'string' ? endpoint : '',
    status,
    code: typeof code === 'string' && isFailureCode(code) ? code : undefined,
    held: row['held'] === true,
    attemptCount: Number(row['attemptCount'] ?? 0),
    startedOn: dateIn(row, 'startedOn'),
    modifiedOn,
  };
};

const entryOr = (report: ReportUnreadable, row: JobRow): AttentionEntry[] => {
  try {
    return [read(row)];
  } catch (error) {
    const key = String(row['rowKey']);
    report(new UnreadableJob(jobIdOfRowKey(key), key, error));
    return [];
  }
};

const scanShard = async (
  table: TableAccess,
  shard: string,
  endsAtMs: number,
  report: ReportUnreadable,
): Promise<AttentionScan> => {
  const filter = odata`PartitionKey eq ${shard} and RowKey ge 'a' and RowKey lt 'b'`;
  const { rows, complete } = await readPages(
    rowPages<JobRow>(table, 'Counting jobs', { filter, select: columns }),
    (requests) => requests >= mostRequests || table.elapsedMs() > endsAtMs,
  );
  return { entries: rows.flatMap((row) => entryOr(report, row)), complete };
};

/** Reads the attention index of all shards side by side: 16 requests, and more only where more jobs need attention. */
export const scanAttention = async (table: TableAccess, report: ReportUnreadable): Promise<AttentionScan> => {
  const endsAtMs = table.elapsedMs() + mostMs;
  const scans = await Promise.all(shards.map((shard) => scanShard(table, shard, endsAtMs, report)));
  return {
    entries: scans.flatMap(({ entries }) => entries),
    complete: scans.every(({ complete }) => complete),
  };
};
