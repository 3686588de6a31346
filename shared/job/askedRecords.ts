import { actionsKept, appendBounded, longestJson, seePayload, type ActionRecord } from './systemJob.ts';

/** Whether somebody looked at the payload; all else was asked of the job. */
export const isLook = ({ action }: ActionRecord): boolean => action === seePayload;

const sizeOf = (records: readonly ActionRecord[]): number => JSON.stringify(records).length;

/**
 * The records of a job with one more behind them. Looks and actions make room among their own kind only: many looks do not
 * hide what was asked, and no number of actions hides who looked (E-3).
 */
export const withRecord = (
  records: readonly ActionRecord[],
  record: ActionRecord,
): readonly ActionRecord[] => {
  const isKind = (each: ActionRecord): boolean => isLook(each) === isLook(record);
  const room = longestJson - sizeOf(records.filter((each) => !isKind(each)));
  const kept = new Set(appendBounded(records.filter(isKind), record, actionsKept, room));
  return [...records, record].filter((each) => !isKind(each) || kept.has(each));
};
