import { numbersIn, ok, refused, type SenderOperation } from './operation.ts';

/** `com.microsoft:cancel-scheduled-message`: by the numbers that scheduling gave. */
export const cancelScheduledMessage: SenderOperation = {
  right: 'Send',
  run: async (call) => {
    const refusal = await call.entity.cancelScheduled(numbersIn(call, 'sequence-numbers'));
    return refusal === undefined ? ok() : refused(refusal);
  },
};
