import {
  ServiceBusClient,
  type ServiceBusReceivedMessage,
  type ServiceBusReceiver,
} from '@azure/service-bus';
import type { Arrival, Listening, OnArrival } from './arrival.ts';

const toArrival = (message: ServiceBusReceivedMessage): Arrival => ({
  messageId: String(message.messageId),
  contentType: message.contentType ?? '',
  body: message.body as Buffer,
  properties: message.applicationProperties ?? {},
});

/** Takes messages out of a queue, or of a subscription of a topic, as they come. */
export const listenToServiceBus = (
  connectionString: string,
  source: { readonly queue: string } | { readonly topic: string; readonly subscription: string },
  onArrival: OnArrival,
): Listening => {
  const client = new ServiceBusClient(connectionString);
  const options = { receiveMode: 'receiveAndDelete', skipParsingBodyAsJson: true } as const;
  const receiver: ServiceBusReceiver =
    'queue' in source
      ? client.createReceiver(source.queue, options)
      : client.createReceiver(source.topic, source.subscription, options);
  receiver.subscribe({
    processMessage: async (message) => onArrival(toArrival(message)),
    processError: async ({ error }) => {
      process.stderr.write(`The listener of ${receiver.entityPath}: ${error.message}\n`);
    },
  });
  return { close: () => client.close() };
};
