import { ServiceBusClient } from '@azure/service-bus';
import * as df from 'durable-functions';

const client = new ServiceBusClient(process.env['ServiceBusConnection'] ?? '', {
  retryOptions: { maxRetries: 0 },
});
const sender = client.createSender('dataverse-events');

df.app.activity('postActivity', {
  handler: async (notification: unknown): Promise<void> => {
    await sender.sendMessages({ body: notification, contentType: 'application/json' });
  },
});
