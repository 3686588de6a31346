import type { ServiceBusMessage } from '@azure/service-bus';
import { acceptedAnswer, amqpAnswerOf } from '../../delivery/amqpAnswer.ts';
import type { Publisher } from '../../delivery/delivery.ts';
import { classifyServiceBusFailure } from '../../delivery/serviceBusFailures.ts';
import type { OutgoingMessage } from '../../message/outgoingMessage.ts';
import { bufferOf } from '../bufferOf.ts';
import type { Connection } from '../connection.ts';
import { connectionIsGood } from '../connectionIsGood.ts';
import type { ClientPool } from './clientPool.ts';

const toServiceBusMessage = (message: OutgoingMessage, nowMs: number): ServiceBusMessage => ({
  messageId: message.messageId,
  contentType: message.contentType,
  body: bufferOf(message.body),
  applicationProperties: { ...message.applicationProperties },
  ...(message.correlationId === undefined ? {} : { correlationId: message.correlationId }),
  ...(message.sessionId === undefined ? {} : { sessionId: message.sessionId }),
  ...(message.timeToLiveMs === undefined ? {} : { timeToLive: message.timeToLiveMs }),
  ...(message.delayMs === undefined ? {} : { scheduledEnqueueTimeUtc: new Date(nowMs + message.delayMs) }),
});

/**
 * Posts to a Service Bus queue or topic: one call is one transfer.
 *
 * @param nowMs the clock that delayed messages are counted from.
 */
export const serviceBusPublisher = (
  pool: ClientPool,
  connection: Connection,
  path: string,
  nowMs: () => number,
): Publisher => ({
  publish: async (message) => {
    const lease = pool.lease(connection);
    try {
      await lease.client.senderTo(path).sendMessages(toServiceBusMessage(message, nowMs()));
      lease.release(false);
      return { kind: 'delivered', brokerAnswer: acceptedAnswer };
    } catch (error) {
      const failed = classifyServiceBusFailure(error);
      lease.release(!connectionIsGood(failed.code));
      return { ...failed, brokerAnswer: amqpAnswerOf(error) };
    }
  },
});
