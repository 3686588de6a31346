import { isRefusal, noSessionsHere } from '../broker/refusal.ts';
import { decodeValue } from '../wire/decode.ts';
import { encodeBinary, encodeMap, encodeNull, encodeString, encodeTimestamp } from '../wire/encode.ts';
import { ok, refused, requiredTextIn, type ReceiverOperation } from './operation.ts';

/** `com.microsoft:renew-session-lock`: the lock starts anew, with those of all its messages. */
export const renewSessionLock: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const { sessions } = call.receivable;
    if (sessions === undefined) return refused(noSessionsHere());
    const untilMs = sessions.renew(requiredTextIn(call, 'session-id'));
    if (typeof untilMs !== 'number') return refused(untilMs);
    return ok(encodeMap([encodeString('expiration'), encodeTimestamp(untilMs)]));
  },
};

/** `com.microsoft:get-session-state`: null when nothing is kept. */
export const getSessionState: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const { sessions } = call.receivable;
    if (sessions === undefined) return refused(noSessionsHere());
    const state = sessions.getState(requiredTextIn(call, 'session-id'));
    if (state !== undefined && !Buffer.isBuffer(state) && isRefusal(state)) return refused(state);
    const encoded = state === undefined ? encodeNull() : encodeBinary(state);
    return ok(encodeMap([encodeString('session-state'), encoded]));
  },
};

/** `com.microsoft:set-session-state`: null forgets it. */
export const setSessionState: ReceiverOperation = {
  right: 'Listen',
  run: async (call) => {
    const { sessions } = call.receivable;
    if (sessions === undefined) return refused(noSessionsHere());
    const encoded = call.body.get('session-state');
    const state = encoded === undefined ? null : decodeValue(encoded, 0);
    if (state !== null && !Buffer.isBuffer(state))
      throw new Error("'session-state' is neither binary nor null.");
    const kept = state === null ? undefined : Buffer.from(state);
    const refusal = await sessions.setState(requiredTextIn(call, 'session-id'), kept);
    return refusal === undefined ? ok() : refused(refusal);
  },
};
