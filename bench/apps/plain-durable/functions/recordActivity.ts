import { TableClient } from '@azure/data-tables';
import * as df from 'durable-functions';

interface JobRecord {
  readonly id: string;
  readonly message: string;
  readonly table: string;
  readonly status: string;
  readonly error?: string;
}

const table = TableClient.fromConnectionString(process.env['AzureWebJobsStorage'] ?? '', 'Jobs', {
  allowInsecureConnection: true,
});
const created = table.createTable();

df.app.activity('recordActivity', {
  handler: async ({ id, ...columns }: JobRecord): Promise<void> => {
    await created;
    await table.upsertEntity({ partitionKey: id.slice(0, 1), rowKey: id, ...columns }, 'Merge');
  },
});
