import { EventHubConsumerClient, latestEventPosition, type ReceivedEventData } from '@azure/event-hubs';
import type { Arrival, Listening, OnArrival } from './arrival.ts';

const toArrival = (event: ReceivedEventData): Arrival => ({
  messageId: String(event.messageId),
  contentType: event.contentType ?? '',
  body: event.body as Buffer,
  properties: event.properties ?? {},
});

/** Reads all partitions of an event hub from now on. */
export const listenToEventHub = (
  connectionString: string,
  hub: string,
  onArrival: OnArrival,
): Promise<Listening> =>
  new Promise((resolve) => {
    const client = new EventHubConsumerClient('$Default', connectionString, hub);
    const initialized = new Set<string>();
    const subscription = client.subscribe(
      {
        processInitialize: async ({ partitionId }) => {
          initialized.add(partitionId);
          const partitions = await client.getPartitionIds();
          if (initialized.size === partitions.length) {
            resolve({
              close: async () => {
                await subscription.close();
                await client.close();
              },
            });
          }
        },
        processEvents: async (events) => {
          for (const event of events) onArrival(toArrival(event));
        },
        processError: async (error) => {
          process.stderr.write(`The listener of ${hub}: ${error.message}\n`);
        },
      },
      { startPosition: latestEventPosition, skipParsingBodyAsJson: true, maxWaitTimeInSeconds: 1 },
    );
  });
