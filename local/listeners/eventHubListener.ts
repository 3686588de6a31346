import {
  EventHubConsumerClient,
  earliestEventPosition,
  type EventPosition,
  type ReceivedEventData,
} from '@azure/event-hubs';
import type { Arrival, Listening, OnArrival } from './arrival.ts';

const toArrival = (event: ReceivedEventData): Arrival => ({
  messageId: String(event.messageId),
  contentType: event.contentType ?? '',
  body: event.body as Buffer,
  properties: event.properties ?? {},
});

/** Behind the last event that a partition has. "Latest" would be counted from when the link is there, some time later. */
const endOf = async (client: EventHubConsumerClient, partition: string): Promise<EventPosition> => {
  const { isEmpty, lastEnqueuedSequenceNumber } = await client.getPartitionProperties(partition);
  return isEmpty ? earliestEventPosition : { sequenceNumber: lastEnqueuedSequenceNumber, isInclusive: false };
};

/** Reads all partitions of an event hub from now on. */
export const listenToEventHub = async (
  connectionString: string,
  hub: string,
  onArrival: OnArrival,
): Promise<Listening> => {
  const client = new EventHubConsumerClient('$Default', connectionString, hub);
  const partitions = await client.getPartitionIds();
  const ends = await Promise.all(
    partitions.map(async (partition) => [partition, await endOf(client, partition)] as const),
  );
  const subscription = client.subscribe(
    {
      processEvents: async (events) => {
        for (const event of events) onArrival(toArrival(event));
      },
      processError: async (error) => {
        process.stderr.write(`The listener of ${hub}: ${error.message}\n`);
      },
    },
    { startPosition: Object.fromEntries(ends), skipParsingBodyAsJson: true, maxWaitTimeInSeconds: 1 },
  );
  return {
    close: async () => {
      await subscription.close();
      await client.close();
    },
  };
};
