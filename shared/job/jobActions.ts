import type { JobStatus } from './jobStatus.ts';

/** What a person can ask of a job. Names and rules are those of Dataverse's System Jobs view, plus retry. */
export const jobActions = ['cancel', 'pause', 'resume', 'postpone', 'retry'] as const;

export type JobAction = (typeof jobActions)[number];

export const isJobAction = (text: string): text is JobAction =>
  (jobActions as readonly string[]).includes(text);

/**
 * The status an action leads to, by the status it is asked in; what is not listed is refused.
 *
 * The row itself is the request: `Canceling`, `Pausing` and `WaitingForResources` are read by the workflow's next
 * activity, so nothing is lost when the nudge that follows gets lost. An attempt may be in flight in every status but
 * the resting ones, hence Canceling and Pausing first: if the message is delivered all the same, the job says so.
 */
export const actionTable: Readonly<Record<JobAction, Partial<Record<JobStatus, JobStatus>>>> = {
  cancel: {
    WaitingForResources: 'Canceling',
    Waiting: 'Canceling',
    InProgress: 'Canceling',
    Pausing: 'Canceling',
    Suspended: 'Canceled',
  },
  pause: { WaitingForResources: 'Pausing', Waiting: 'Pausing', InProgress: 'Pausing' },
  resume: { Waiting: 'WaitingForResources', Suspended: 'WaitingForResources' },
  postpone: {
    WaitingForResources: 'Waiting',
    Waiting: 'Waiting',
    InProgress: 'Waiting',
    Suspended: 'Waiting',
  },
  retry: {
    Waiting: 'WaitingForResources',
    Suspended: 'WaitingForResources',
    Failed: 'WaitingForResources',
    Canceled: 'WaitingForResources',
  },
};

/** The actions that a job in this status allows. */
export const allowedActions = (status: JobStatus): JobAction[] =>
  jobActions.filter((action) => actionTable[action][status] !== undefined);
