import { randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { ServiceBusClient } from '@azure/service-bus';

const table = TableClient.fromConnectionString(process.env['AzureWebJobsStorage'] ?? '', 'Limit', {
  allowInsecureConnection: true,
});
const created = table.createTable();
const sender = new ServiceBusClient(process.env['ServiceBusConnection'] ?? '', {
  retryOptions: { maxRetries: 0 },
}).createSender('dataverse-events');

/** The least that storing, sending and recording can cost with these clients: insert, send, merge; no orchestration. */
app.http('limitHttp', {
  route: 'notify/{endpoint}',
  methods: ['POST'],
  authLevel: 'function',
  handler: async (request: HttpRequest): Promise<HttpResponseInit> => {
    await created;
    const body = Buffer.from(await request.arrayBuffer());
    const rowKey = randomUUID();
    const partitionKey = rowKey.slice(0, 1);
    await table.createEntity({ partitionKey, rowKey, body, status: 'WaitingForResources' });
    await sender.sendMessages({ body, messageId: rowKey, contentType: 'application/json' });
    await table.updateEntity({ partitionKey, rowKey, status: 'Succeeded' }, 'Merge');
    return { status: 202 };
  },
});
