import { withRecord } from './askedRecords.ts';
import { letGo } from './heldJob.ts';
import { actionTable, type JobAction } from './jobActions.ts';
import type { ActionRecord, SystemJob } from './systemJob.ts';

export interface AskedAction {
  readonly action: JobAction;
  readonly by: string;
  readonly reason: string | undefined;
  /** Required for postpone, absent otherwise. */
  readonly until: Date | undefined;
  /** Id of the bulk operation that asked; absent when it was a person. */
  readonly operation?: string;
}

const toRecord = (asked: AskedAction, now: Date): ActionRecord => ({
  action: asked.action,
  on: now.toISOString(),
  by: asked.by,
  ...(asked.reason === undefined ? {} : { reason: asked.reason }),
  ...(asked.until === undefined ? {} : { until: asked.until.toISOString() }),
  ...(asked.operation === undefined ? {} : { operation: asked.operation }),
});

const verbs: Readonly<Record<JobAction, string>> = {
  cancel: 'Cancel was asked',
  pause: 'Pause was asked',
  resume: 'Resumed',
  postpone: 'Postponed',
  retry: 'Retry was asked',
};

const messageOf = (asked: AskedAction): string => {
  const until = asked.until === undefined ? '' : ` until ${asked.until.toISOString()}`;
  const because = asked.reason === undefined ? '' : `: ${asked.reason}`;
  return `${verbs[asked.action]}${until} by ${asked.by}${because}.`;
};

/** A new round: the whole retry budget again, counted from when the job goes on. */
const newRound = (asked: AskedAction, now: Date) =>
  asked.action === 'cancel' || asked.action === 'pause'
    ? {}
    : { roundStartedOn: asked.until ?? now, roundAttempts: 0, completedOn: undefined };

/**
 * The job after a person asked for an action; undefined when its status forbids it.
 *
 * A retried job keeps its id, its attempts and its MessageId.
 */
export const afterAction = (job: SystemJob, asked: AskedAction, now: Date): SystemJob | undefined => {
  const status = actionTable[asked.action][job.status];
  if (status === undefined) return undefined;
  return {
    ...letGo(job, now),
    ...newRound(asked, now),
    status,
    postponeUntil: asked.until,
    completedOn: status === 'Canceled' ? now : undefined,
    modifiedOn: now,
    // In the index even when it waits for resources: its id's time has left the sweeper's window by now.
    attention: status !== 'Canceled',
    friendlyMessage: messageOf(asked),
    actions: withRecord(job.actions, toRecord(asked, now)),
  };
};
