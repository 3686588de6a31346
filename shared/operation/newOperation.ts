import type { JobCount } from './countJobs.ts';
import { stepsOf } from './canary.ts';
import type { Operation, OperationRequest } from './operation.ts';
import type { OperationId } from './operationId.ts';

/** An operation as it is when it was asked for. */
export const newOperation = (
  id: OperationId,
  request: OperationRequest,
  { count, complete }: JobCount,
  now: Date,
): Operation => ({
  id,
  ...request,
  createdOn: now,
  counted: count,
  countedAll: complete,
  status: 'Running',
  phase: 'acting',
  message: 'Asked for.',
  modifiedOn: now,
  startedOn: undefined,
  completedOn: undefined,
  position: {},
  exhausted: false,
  picked: [],
  actFaults: 0,
  nextPickOn: now,
  steps: stepsOf(request.canary),
  refused: 0,
  missing: 0,
  failed: 0,
  watchedSince: undefined,
  lookOn: undefined,
  lookAfter: undefined,
  staged: [],
});
