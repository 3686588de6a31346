import type { OperationView } from '../api/operations.ts';

type Status = Pick<OperationView, 'status'>;
type Results = Pick<OperationView, 'done' | 'refused' | 'missing' | 'failed'>;
type Counted = Pick<OperationView, 'counted' | 'countedAll'>;

/** Whether it still does something. */
export const isOver = ({ status }: Status): boolean => status !== 'Running' && status !== 'Canceling';

/** Jobs that it has come to, whatever became of them. */
export const dealtWith = ({ done, refused, missing, failed }: Results): number =>
  done + refused + missing + failed;

/** "1,204", or "5,000 or more". @param all false: there are more than were counted. */
export const countText = (count: number, all: boolean): string =>
  `${count.toLocaleString('en')}${all ? '' : ' or more'}`;

/** How far an operation is, 0 to 100; 100 only when it has ended. */
export const percentDone = (operation: Status & Results & Counted): number => {
  const over = isOver(operation);
  if (operation.counted === 0) return over ? 100 : 0;
  return Math.min(over ? 100 : 99, Math.floor((dealtWith(operation) / operation.counted) * 100));
};

/** "312 of 1,204 jobs dealt with". */
export const progressText = (operation: Results & Counted): string =>
  `${dealtWith(operation).toLocaleString('en')} of ${countText(operation.counted, operation.countedAll)} jobs dealt with`;

/** Changes whenever the result of a job may have. */
export const resultsStamp = (operation: Status & Results & Pick<OperationView, 'outcomes'>): string => {
  const { succeeded, failedAgain, pending } = operation.outcomes;
  return [operation.status, dealtWith(operation), succeeded, failedAgain, pending].join();
};

const outcomes: Readonly<Record<string, string>> = {
  failedAgain: 'failed again',
  gone: 'canceled, paused or deleted since',
};

/** What became of a job after a retry or a resume. */
export const outcomeText = (outcome: string | null): string =>
  outcome === null ? '' : (outcomes[outcome] ?? outcome);

/** Status of a step; nothing is pending once the operation is over. */
export const stepText = (status: string, over: boolean): string =>
  over && status === 'pending' ? 'not reached' : status;

/** Of operations whose rows cannot be read. */
export const unreadableText = (count: number): string =>
  count === 1
    ? 'One operation cannot be read and does not go on.'
    : `${count.toLocaleString('en')} operations cannot be read and do not go on.`;

const runningMs = 1000;

/** How often an operation is looked at: more often while it runs. @param usualMs of the page. */
export const lookEveryMs = (operation: Status | undefined, usualMs: number): number =>
  operation !== undefined && isOver(operation) ? usualMs : runningMs;
