import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';

/** A consumer of the queue, written as any team would write it. */
export interface QueueInspector {
  /** Looks at what is in the queue without taking it. */
  peek(): Promise<ServiceBusReceivedMessage[]>;
  /** Takes messages out (receive and delete) until `count` have come. */
  take(count: number): Promise<ServiceBusReceivedMessage[]>;
  close(): Promise<void>;
}

const mostAtOnce = 200;
const waitMs = 2000;

export const inspectQueue = (connectionString: string, queue: string): QueueInspector => {
  const client = new ServiceBusClient(connectionString);
  const options = { receiveMode: 'receiveAndDelete', skipParsingBodyAsJson: true } as const;
  const receiver = client.createReceiver(queue, options);
  return {
    peek: () => receiver.peekMessages(mostAtOnce),
    take: async (count) => {
      const messages: ServiceBusReceivedMessage[] = [];
      let received: ServiceBusReceivedMessage[];
      do {
        received = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: waitMs });
        messages.push(...received);
      } while (received.length > 0 && messages.length < count);
      return messages;
    },
    close: () => client.close(),
  };
};
