import { changeProperties, type PropertyChanges } from '../wire/applicationProperties.ts';
import { encodeString } from '../wire/encode.ts';
import type { Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';

/** Why a message is dead-lettered; both are properties of the message, and both may be absent. */
export interface DeadLetterReason {
  readonly reason: string | undefined;
  readonly description: string | undefined;
}

/** Reasons the broker itself gives (Service Bus documentation, "Overview of dead-letter queues"). */
export const expired: DeadLetterReason = {
  reason: 'TTLExpiredException',
  description: 'The message expired and was dead lettered.',
};
export const sessionIsNull: DeadLetterReason = {
  reason: 'Session ID is null.',
  description: "Session enabled entity doesn't allow a message whose session identifier is null.",
};
export const deliveredTooOften = (maxDeliveryCount: number): DeadLetterReason => ({
  reason: 'MaxDeliveryCountExceeded',
  description: `Message could not be consumed after ${maxDeliveryCount} delivery attempts.`,
});

const withReason = (changes: PropertyChanges, why: DeadLetterReason): PropertyChanges => {
  const all = new Map(changes);
  if (why.reason !== undefined) all.set('DeadLetterReason', encodeString(why.reason));
  if (why.description !== undefined) all.set('DeadLetterErrorDescription', encodeString(why.description));
  return all;
};

/** Moves a message to the dead-letter sub-queue; resolves when that is stored. It keeps its number and counts. */
export const deadLetter = (
  context: QueueContext,
  message: Message,
  why: DeadLetterReason,
  changes: PropertyChanges,
  deliveryCount: number,
): Promise<void> =>
  context.ledger.commit({
    kind: 'deadLettered',
    queue: context.key,
    sequenceNumber: message.sequenceNumber,
    deliveryCount,
    applicationProperties: changeProperties(message.parts.applicationProperties, withReason(changes, why)),
  });
