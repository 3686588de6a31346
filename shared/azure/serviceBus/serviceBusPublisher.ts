import type { ServiceBusMessage } from '@azure/service-bus';
import type { Publisher } from '../../delivery/delivery.ts';
import type { FailureCode } from '../../delivery/failureCatalogue.ts';
import { classifyServiceBusFailure } from '../../delivery/serviceBusFailures.ts';
import type { OutgoingMessage } from '../../message/outgoingMessage.ts';
import type { ClientPool } from './clientPool.ts';

/** Failures that say nothing against the connection: the broker answered. After all others it is made anew. */
const connectionIsGood: readonly FailureCode[] = [
  'Busy',
  'QuotaExceeded',
  'NotStored',
  'MessageTooLarge',
  'EntityNotFound',
  'EntityDisabled',
];

const toServiceBusMessage = (message: OutgoingMessage): ServiceBusMessage => ({
  messageId: message.messageId,
  contentType: message.contentType,
  // A Buffer goes out as one data section with exactly these bytes; anything else would be encoded as JSON.
  body: Buffer.from(message.body.buffer, message.body.byteOffset, message.body.byteLength),
  applicationProperties: { ...message.applicationProperties },
  ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
});

/** Posts to a Service Bus queue: one call is one transfer. */
export const serviceBusPublisher = (pool: ClientPool, connectionString: string, path: string): Publisher => ({
  publish: async (message) => {
    const lease = pool.lease(connectionString, path);
    try {
      await lease.sender.sendMessages(toServiceBusMessage(message));
      lease.release(false);
      return { kind: 'delivered' };
    } catch (error) {
      const failed = classifyServiceBusFailure(error);
      lease.release(!connectionIsGood.includes(failed.code));
      return failed;
    }
  },
});
