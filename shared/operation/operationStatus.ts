/** What can happen to a bulk operation. */
export type OperationEvent =
  /** A person asked for its end. */
  | 'cancelAsked'
  /** It stopped acting because of that. */
  | 'canceled'
  /** All jobs were acted on. */
  | 'finished'
  /** A canary step failed. */
  | 'stopped'
  /** It cannot go on through a fault of ours. */
  | 'broken';

export const operationStatuses = [
  'Running',
  'Canceling',
  'Completed',
  'Stopped',
  'Canceled',
  'Failed',
] as const;

export type OperationStatus = (typeof operationStatuses)[number];

/** The status an event leads to, by the status it happens in; what is not listed does not happen. */
export const operationTransitions: Readonly<
  Record<OperationStatus, Partial<Record<OperationEvent, OperationStatus>>>
> = {
  Running: { cancelAsked: 'Canceling', finished: 'Completed', stopped: 'Stopped', broken: 'Failed' },
  Canceling: { canceled: 'Canceled', broken: 'Failed' },
  Completed: {},
  Stopped: {},
  Canceled: {},
  Failed: {},
};

/** What a person can ask of an operation in this status. */
export const operationActions = (status: OperationStatus): 'cancel'[] =>
  operationTransitions[status].cancelAsked === undefined ? [] : ['cancel'];
