import { numbersIn, ok, refused, type Operation } from './operation.ts';

/** `com.microsoft:cancel-scheduled-message`: by the numbers that scheduling gave. */
export const cancelScheduledMessage: Operation = {
  right: 'Send',
  run: async (call) => {
    const refusal = await call.queue.cancelScheduled(numbersIn(call, 'sequence-numbers'));
    return refusal === undefined ? ok() : refused(refusal);
  },
};
