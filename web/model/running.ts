/** What is needed of a bulk operation to show that it runs. */
export interface OperationBrief {
  readonly id: string;
  readonly action: string;
  readonly status: string;
  readonly counted: number;
  readonly done: number;
  readonly refused: number;
  readonly missing: number;
  readonly failed: number;
}

/** Operations that still do something. */
export const runningOf = (operations: readonly OperationBrief[]): OperationBrief[] =>
  operations.filter(({ status }) => status === 'Running' || status === 'Canceling');

const calmMs = 5000;
const busyMs = 2000;

/** How often the page asks: faster only while a bulk action changes things. */
export const pollEveryMs = (running: readonly OperationBrief[]): number =>
  running.length > 0 ? busyMs : calmMs;

/** "retry: 312 of 1,204 jobs dealt with". */
export const progressText = (operation: OperationBrief): string => {
  const { action, counted, done, refused, missing, failed } = operation;
  const dealtWith = done + refused + missing + failed;
  return `${action}: ${dealtWith.toLocaleString('en')} of ${counted.toLocaleString('en')} jobs dealt with`;
};
