import { createHash } from 'node:crypto';
import { invertedTime } from '../job/jobId.ts';

/**
 * Id of a bulk operation and its Durable instance: `<9 characters>-<12 hex digits>`, the inverted time of its request
 * first, so that ids sort newest first. Shorter than a job's id, so the two are never taken for each other.
 */
export type OperationId = string;

/** Regular expression of an id, as a schema has it. */
export const operationIdPattern = '^[0-9a-z]{9}-[0-9a-f]{12}$';

const idForm = new RegExp(operationIdPattern);

export const isOperationId = (text: string): boolean => idForm.test(text);

/** @param requestId whatever tells this request from all others. */
export const operationIdOf = (createdOn: Date, requestId: string): OperationId =>
  `${invertedTime(createdOn.getTime())}-${createHash('sha256').update(requestId).digest('hex').slice(0, 12)}`;
