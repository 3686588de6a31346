import type { TransactionAction } from '@azure/data-tables';
import type { JobId } from '../../job/jobId.ts';
import type { SingleJobStore } from '../../job/jobStore.ts';
import type { StoredJob, SystemJob } from '../../job/systemJob.ts';
import { fromBodyColumns, toBodyColumns } from './bodyColumns.ts';
import { deleteTogether } from './guardedDelete.ts';
import { jobOfRow } from './jobOfRow.ts';
import { columnsOfJob, partitionKeyOf, rowKeyOf, type JobRow, type RowKind } from './jobRow.ts';
import { changedColumns, columnsOfEntry, columnsOfNewJob } from './rowOfJob.ts';
import type { TableAccess } from './tableAccess.ts';

const keys = (kind: RowKind, id: JobId) => ({
  partitionKey: partitionKeyOf(id),
  rowKey: rowKeyOf(kind, id),
});

const entryOf = (job: SystemJob) => ({ ...keys('a', job.id), ...columnsOfEntry(job) });

const stored = (row: JobRow & { etag: string }): StoredJob => ({ job: jobOfRow(row), version: row.etag });

/** The index entry follows the job: written while it needs attention, removed when it no longer does. */
const indexAction = (before: StoredJob, after: SystemJob): TransactionAction | undefined => {
  if (after.attention) return ['upsert', entryOf(after), 'Replace'];
  return before.job.attention ? ['delete', keys('a', after.id)] : undefined;
};

/** Reads and writes of single jobs in Table Storage: one request each. */
export const singleJobs = (table: TableAccess): SingleJobStore => {
  const insert = async (job: SystemJob, body: Uint8Array): Promise<'inserted' | 'exists'> => {
    const row = { ...keys('j', job.id), ...columnsOfNewJob(job), ...toBodyColumns(body) };
    const answer = await table.request<unknown, 409>(
      'Storing the job',
      (client, abortSignal) =>
        job.attention
          ? client.submitTransaction(
              [
                ['create', row],
                ['upsert', entryOf(job), 'Replace'],
              ],
              { abortSignal },
            )
          : client.createEntity(row, { abortSignal }),
      [409],
    );
    return answer === 409 ? 'exists' : 'inserted';
  };

  const readRow = async (id: JobId, select: readonly string[] | undefined) => {
    const row = await table.request<JobRow & { etag: string }, 404>(
      'Reading the job',
      (client, abortSignal) =>
        client.getEntity(partitionKeyOf(id), rowKeyOf('j', id), {
          abortSignal,
          ...(select === undefined ? {} : { queryOptions: { select: [...select] } }),
        }),
      [404],
    );
    return row === 404 ? undefined : row;
  };

  const merge = (before: StoredJob, after: SystemJob, entry: TransactionAction | undefined) => {
    const row = { ...keys('j', after.id), ...changedColumns(before.job, after) };
    const etag = before.version;
    return table.request<string | undefined, 404 | 412>(
      'Updating the job',
      async (client, abortSignal) => {
        if (entry === undefined) return (await client.updateEntity(row, 'Merge', { etag, abortSignal })).etag;
        const actions: TransactionAction[] = [['update', row, 'Merge', { etag }], entry];
        return (await client.submitTransaction(actions, { abortSignal })).subResponses[0]?.etag;
      },
      [404, 412],
    );
  };

  const removeRows = ({ job, version: etag }: StoredJob, withEntry: boolean) =>
    table.request<unknown, 404 | 412>(
      'Deleting the job',
      (client, abortSignal) => {
        const { partitionKey, rowKey } = keys('j', job.id);
        return withEntry
          ? deleteTogether(client, { partitionKey, rowKey, etag }, rowKeyOf('a', job.id), abortSignal)
          : client.deleteEntity(partitionKey, rowKey, { etag, abortSignal });
      },
      [404, 412],
    );

  return {
    insert,
    read: async (id) => {
      const row = await readRow(id, columnsOfJob);
      return row === undefined ? undefined : stored(row);
    },
    readWithBody: async (id) => {
      const row = await readRow(id, undefined);
      return row === undefined ? undefined : { ...stored(row), body: fromBodyColumns(row) };
    },
    update: async (before, after) => {
      const entry = indexAction(before, after);
      let answer = await merge(before, after, entry);
      // The index entry may have been removed by hand; the job matters more.
      if (answer === 404 && entry?.[0] === 'delete') answer = await merge(before, after, undefined);
      if (answer === 412 || answer === 404) return 'changed';
      return { job: after, version: answer ?? '*' };
    },
    remove: async (before) => {
      let answer = await removeRows(before, before.job.attention);
      // The index entry may have been removed by hand; the job matters more.
      if (answer === 404 && before.job.attention) answer = await removeRows(before, false);
      if (answer === 404) return 'missing';
      return answer === 412 ? 'changed' : 'removed';
    },
  };
};
