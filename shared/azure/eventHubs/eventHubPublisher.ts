import type { EventData } from '@azure/event-hubs';
import { acceptedAnswer, amqpAnswerOf } from '../../delivery/amqpAnswer.ts';
import type { Publisher } from '../../delivery/delivery.ts';
import { classifyEventHubFailure } from '../../delivery/eventHubFailures.ts';
import type { OutgoingMessage } from '../../message/outgoingMessage.ts';
import { bufferOf } from '../bufferOf.ts';
import type { Connection } from '../connection.ts';
import { connectionIsGood } from '../connectionIsGood.ts';
import type { ProducerPool } from './producerPool.ts';

const toEvent = (message: OutgoingMessage): EventData => ({
  messageId: message.messageId,
  contentType: message.contentType,
  body: bufferOf(message.body),
  properties: { ...message.applicationProperties },
  ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
});

/** The SDK's own time-out comes first wherever it holds. */
const graceMs = 500;

/**
 * Posts to an Event Hub: one call is one transfer, of one event.
 *
 * @param timeoutMs longest wait. The SDK's own does not hold while a connection or a link is being set up: with a broker
 *   that does not answer it waits a minute and more.
 */
export const eventHubPublisher = (
  pool: ProducerPool,
  connection: Connection,
  hub: string,
  timeoutMs: number,
): Publisher => ({
  publish: async (message) => {
    const lease = pool.lease(connection, hub);
    const { partitionKey } = message;
    try {
      await lease.client.sendBatch([toEvent(message)], {
        abortSignal: AbortSignal.timeout(timeoutMs + graceMs),
        ...(partitionKey === undefined ? {} : { partitionKey }),
      });
      lease.release(false);
      return { kind: 'delivered', brokerAnswer: acceptedAnswer };
    } catch (error) {
      const failed = classifyEventHubFailure(error);
      lease.release(!connectionIsGood(failed.code));
      return { ...failed, brokerAnswer: amqpAnswerOf(error) };
    }
  },
});
