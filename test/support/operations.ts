import { newOperation } from '../../shared/operation/newOperation.ts';
import type { Operation, OperationRequest } from '../../shared/operation/operation.ts';
import { operationIdOf } from '../../shared/operation/operationId.ts';
import { acceptedAt, hours, later } from './jobs.ts';

/** When tests ask for operations: an hour after their jobs came. */
export const askedAt = later(acceptedAt, hours(1));

export const requestWith = (changes: Partial<OperationRequest> = {}): OperationRequest => ({
  action: 'retry',
  filter: { status: 'Failed' },
  until: undefined,
  reason: 'the queue is back',
  by: 'tests',
  cutOff: askedAt,
  ratePerMinute: 6000,
  canary: undefined,
  ...changes,
});

/** An operation as it was just asked for; `n` tells several of one moment apart. */
export const operationWith = (
  request: Partial<OperationRequest> = {},
  n = 1,
  createdOn = askedAt,
): Operation =>
  newOperation(
    operationIdOf(createdOn, `request ${n}`),
    requestWith(request),
    { count: 0, complete: true },
    createdOn,
  );
