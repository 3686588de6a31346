import { odata } from '@azure/data-tables';
import { isFailureCode } from '../../delivery/failureCatalogue.ts';
import type { GroupKey, GroupNote, GroupStore } from '../../group/groupStore.ts';
import { firstPages } from './rowPages.ts';
import type { JobRow } from './jobRow.ts';
import type { TableAccess } from './tableAccess.ts';

/** All notes lie in one partition; there is one for a group at most. Names of endpoints have no `~`. */
const partitionKey = 'groups';

/** Requests of a list; each gives up to a thousand notes. */
const mostRequests = 10;

const rowKeyOf = ({ endpoint, code }: GroupKey): string => `${endpoint}~${code}`;

/** A note of a code that this version does not know belongs to no group here. */
const noteOf = ({ endpoint, code, text, by, on }: JobRow): GroupNote[] =>
  typeof code === 'string' && isFailureCode(code)
    ? [{ endpoint: String(endpoint), code, text: String(text), by: String(by), on: new Date(String(on)) }]
    : [];

/** Notes on failure groups, in the table of the jobs. A list takes a request for each page, all else one. */
export const groupNotes = (table: TableAccess): Omit<GroupStore, 'scanAttention'> => ({
  readNotes: async () => {
    const filter = odata`PartitionKey eq ${partitionKey}`;
    const { rows } = await firstPages<JobRow>(table, 'Reading notes', { filter }, mostRequests);
    return rows.flatMap(noteOf);
  },
  writeNote: async ({ endpoint, code, text, by, on }) => {
    const row = { endpoint, code, text, by, on: on.toISOString() };
    await table.request('Writing the note', (client, abortSignal) =>
      client.upsertEntity({ partitionKey, rowKey: rowKeyOf({ endpoint, code }), ...row }, 'Replace', {
        abortSignal,
      }),
    );
  },
  removeNote: async (group) => {
    await table.request<unknown, 404>(
      'Removing the note',
      (client, abortSignal) => client.deleteEntity(partitionKey, rowKeyOf(group), { abortSignal }),
      [404],
    );
  },
});
