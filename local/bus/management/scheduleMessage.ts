import { randomUUID } from 'node:crypto';
import { isRefusal } from '../broker/refusal.ts';
import { encodeArray, encodeLong, encodeMap, encodeString } from '../wire/encode.ts';
import { readMessage } from '../wire/messageParts.ts';
import { mapsIn, ok, refused, type Call, type SenderOperation } from './operation.ts';

const messagesIn = (call: Call): Buffer[] =>
  mapsIn(call, 'messages').map((entry) => {
    const message = entry.get('message');
    if (!Buffer.isBuffer(message)) throw new Error(`A message to schedule has no 'message'.`);
    return message;
  });

/**
 * `com.microsoft:schedule-message`: the time is in each message's annotations. The real service leaves a request
 * unanswered when a message is too large.
 */
export const scheduleMessage: SenderOperation = {
  right: 'Send',
  run: async (call) => {
    const messages = messagesIn(call);
    const { maxMessageBytes } = call.entity.settings;
    if (messages.some((message) => message.length > maxMessageBytes)) return undefined;
    const accepted = await call.entity.accept(messages.map((message) => readMessage(message, randomUUID)));
    if (isRefusal(accepted)) return refused(accepted);
    const numbers = accepted.sequenceNumbers.map(encodeLong);
    return ok(encodeMap([encodeString('sequence-numbers'), encodeArray(numbers)]));
  },
};
