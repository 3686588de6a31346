import type { Consumer, Handout } from './consumers.ts';
import type { Message } from './message.ts';
import type { QueueContext } from './queueContext.ts';
import { messageNotFound, type Refusal } from './refusal.ts';
import type { SubQueue } from './subQueue.ts';

/** Hands out deferred messages by their numbers, all or none: they can be received in no other way. */
export const receiveDeferred = (
  context: QueueContext,
  subQueue: SubQueue,
  sequenceNumbers: readonly number[],
  mode: Consumer['mode'],
): Handout[] | Refusal => {
  const messages = context.state.lanes[subQueue.lane];
  const found: Message[] = [];
  for (const number of sequenceNumbers) {
    const message = messages.get(number);
    if (message?.state !== 'deferred' || message.locked) return messageNotFound(context.state.settings.name);
    found.push(message);
  }
  return found.map((message) =>
    mode === 'peekLock'
      ? { message, lock: subQueue.lock(message), removed: undefined }
      : { message, lock: undefined, removed: subQueue.remove(message) },
  );
};
