import type { RheaReceiver } from './rhea.ts';

/** Transfers a client may have under way on one link. */
const windowSize = 1000;

/** Keeps a sending client supplied: credit comes back as transfers are answered, in portions. */
export interface Credit {
  arrived(): void;
  answered(): void;
}

export const giveCredit = (receiver: RheaReceiver): Credit => {
  let unanswered = 0;
  receiver.add_credit(windowSize);
  return {
    arrived: () => {
      unanswered += 1;
    },
    answered: () => {
      unanswered -= 1;
      const missing = windowSize - receiver.credit - unanswered;
      if (missing >= windowSize / 2) receiver.add_credit(missing);
    },
  };
};
