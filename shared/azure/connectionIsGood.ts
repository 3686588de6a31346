import type { FailureCode } from '../delivery/failureCatalogue.ts';

const answered: readonly FailureCode[] = [
  'Busy',
  'QuotaExceeded',
  'NotStored',
  'MessageTooLarge',
  'EntityNotFound',
  'EntityDisabled',
];

/** Failures that say nothing against the connection: the broker answered. After all others it is made anew. */
export const connectionIsGood = (code: FailureCode): boolean => answered.includes(code);
