import type { Handout } from '../broker/consumers.ts';
import { deliver } from '../broker/delivery.ts';
import { isRefusal } from '../broker/refusal.ts';
import { encodeBinary, encodeList, encodeMap, encodeString, encodeUuid } from '../wire/encode.ts';
import { numberIn, numbersIn, ok, refused, type ReceiverOperation } from './operation.ts';

/** Receiver settle mode "second": the message is locked instead of removed. */
const secondMode = 1;

const encode = ({ message, lock }: Handout): Buffer => {
  const entry = [encodeString('message'), encodeBinary(deliver(message, lock?.untilMs))];
  return encodeMap(
    lock === undefined ? entry : [...entry, encodeString('lock-token'), encodeUuid(lock.token)],
  );
};

/** `com.microsoft:receive-by-sequence-number`: the only way to a deferred message. */
export const receiveBySequenceNumber: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const mode = numberIn(call, 'receiver-settle-mode') === secondMode ? 'peekLock' : 'receiveAndDelete';
    const handouts = call.receivable.receiveDeferred(numbersIn(call, 'sequence-numbers'), mode);
    if (isRefusal(handouts)) return refused(handouts);
    for (const { removed } of handouts) await removed;
    return ok(encodeMap([encodeString('messages'), encodeList(handouts.map(encode))]));
  },
};
