import { isRefusal } from '../broker/refusal.ts';
import { encodeArray, encodeMap, encodeString, encodeTimestamp } from '../wire/encode.ts';
import { ok, refused, uuidsIn, type ReceiverOperation } from './operation.ts';

/** `com.microsoft:renew-lock`: all locks start anew. */
export const renewLock: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const ends = call.receivable.renew(uuidsIn(call, 'lock-tokens'));
    if (isRefusal(ends)) return refused(ends);
    return ok(encodeMap([encodeString('expirations'), encodeArray(ends.map(encodeTimestamp))]));
  },
};
