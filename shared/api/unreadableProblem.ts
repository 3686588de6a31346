import { UnreadableJob } from '../job/unreadableJob.ts';
import { UnreadableOperation } from '../operation/unreadableOperation.ts';
import { problem, type Answer } from './problem.ts';

/** 503 with the reason, for a row that cannot be read; undefined when the fault is another. */
export const unreadableProblem = (fault: unknown): Answer | undefined => {
  if (fault instanceof UnreadableJob) return problem('JobUnreadable', fault.message);
  if (fault instanceof UnreadableOperation) return problem('OperationUnreadable', fault.message);
  return undefined;
};
