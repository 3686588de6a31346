import type { JobStatus } from '../api/shapes.ts';
import type { BulkAction } from '../api/operations.ts';

/** The actions in the order in which they are shown: what helps first, what destroys last. */
export const shownActions: readonly BulkAction[] = [
  'retry',
  'resume',
  'pause',
  'postpone',
  'cancel',
  'delete',
];

export const actionLabels: Readonly<Record<BulkAction, string>> = {
  retry: 'Retry now',
  resume: 'Resume',
  pause: 'Pause',
  postpone: 'Postpone',
  cancel: 'Cancel job',
  delete: 'Delete',
};

/** What an action does, for whoever is about to do it. */
export const actionEffects: Readonly<Record<BulkAction, string>> = {
  retry: 'The job is tried again at once, with the same MessageId and a fresh retry budget.',
  resume: 'The job goes on at once instead of waiting.',
  pause: 'The job is suspended until somebody resumes it. An attempt under way is not stopped.',
  postpone: 'The job waits until the time that you set, then goes on by itself.',
  cancel: 'The job ends and its message is not sent, unless an attempt under way has sent it already.',
  delete: 'The job, its history and its message are removed for good. Nothing brings them back.',
};

export const isDestructive = (action: string): boolean => action === 'cancel' || action === 'delete';

/** Why an action is not possible in a status, where that is not plain from the status itself. */
const because: Readonly<Partial<Record<JobStatus, string>>> = {
  Succeeded: 'its message has been delivered',
  Canceling: 'it is being canceled',
  Pausing: 'it is being paused; wait until it is suspended',
  InProgress: 'an attempt is under way',
  WaitingForResources: 'an attempt follows at once',
  Suspended: 'it is suspended',
  Waiting: 'it is waiting',
  Failed: 'it has failed',
  Canceled: 'it is canceled',
};

interface Asked {
  readonly status: JobStatus;
  readonly actions: readonly string[];
}

/** Why the job does not allow the action now; undefined when it does. A job can be deleted at any time. */
export const whyNot = ({ status, actions }: Asked, action: BulkAction): string | undefined =>
  action === 'delete' || actions.includes(action) ? undefined : `Not possible: ${because[status] ?? status}.`;
