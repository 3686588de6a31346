import type { InvocationContext } from '@azure/functions';
import { problem, type Answer } from '../../shared/api/problem.ts';
import { UnreadableJob } from '../../shared/job/unreadableJob.ts';
import { jobUnreadable } from '../../shared/platform/logEvents.ts';

/** The one fault of ours that is told to the caller in full: it is a person, and the row must be looked at. */
export const orUnreadable =
  (context: InvocationContext) =>
  (error: unknown): Answer => {
    if (!(error instanceof UnreadableJob)) throw error;
    jobUnreadable(context, error);
    return problem('JobUnreadable', error.message);
  };
