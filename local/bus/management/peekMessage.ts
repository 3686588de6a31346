import { deliver } from '../broker/delivery.ts';
import { encodeBinary, encodeList, encodeMap, encodeString } from '../wire/encode.ts';
import { numberIn, ok, textIn, type ReceiverOperation } from './operation.ts';

/** `com.microsoft:peek-message`: looks at messages of any state without locking them; 204 when there are none. */
export const peekMessage: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const messages = call.receivable.peek(
      numberIn(call, 'from-sequence-number'),
      numberIn(call, 'message-count'),
      textIn(call, 'session-id'),
    );
    if (messages.length === 0) return { status: 204, description: 'No Content' };
    const encoded = messages.map((message) =>
      encodeMap([encodeString('message'), encodeBinary(deliver(message, undefined))]),
    );
    return ok(encodeMap([encodeString('messages'), encodeList(encoded)]));
  },
};
