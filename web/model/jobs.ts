import type { JobSummary } from '../api/shapes.ts';

/** How a job is shown: its status, told apart where one status hides two situations. */
export type Display =
  | 'New'
  | 'Waiting'
  | 'Retrying'
  | 'Held'
  | 'Suspended'
  | 'InProgress'
  | 'Pausing'
  | 'Canceling'
  | 'Succeeded'
  | 'SucceededLate'
  | 'Failed'
  | 'Canceled';

/** The colour is the third sign, after the word and the shape. */
export type Tone = 'neutral' | 'info' | 'good' | 'caution' | 'bad';

export const displays: Readonly<Record<Display, { readonly label: string; readonly tone: Tone }>> = {
  New: { label: 'New', tone: 'info' },
  Waiting: { label: 'Waiting', tone: 'info' },
  Retrying: { label: 'Retrying', tone: 'caution' },
  Held: { label: 'Held', tone: 'caution' },
  Suspended: { label: 'Suspended', tone: 'caution' },
  InProgress: { label: 'In progress', tone: 'info' },
  Pausing: { label: 'Pausing', tone: 'info' },
  Canceling: { label: 'Canceling', tone: 'info' },
  Succeeded: { label: 'Succeeded', tone: 'good' },
  SucceededLate: { label: 'Succeeded after retries', tone: 'good' },
  Failed: { label: 'Failed', tone: 'bad' },
  Canceled: { label: 'Canceled', tone: 'neutral' },
};

type Shown = Pick<JobSummary, 'status' | 'attemptCount' | 'held'>;

/** Retrying is Waiting after an attempt, unless the endpoint holds the job. */
export const displayOf = ({ status, attemptCount, held }: Shown): Display => {
  if (status === 'WaitingForResources') return 'New';
  if (status === 'Succeeded') return attemptCount > 1 ? 'SucceededLate' : 'Succeeded';
  if (status !== 'Waiting') return status;
  if (held) return 'Held';
  return attemptCount > 0 ? 'Retrying' : 'Waiting';
};

/** When the next attempt is due; of a held job nobody knows, its time is only that of another look. */
export const nextAttemptOn = ({
  held,
  postponeUntil,
}: Pick<JobSummary, 'held' | 'postponeUntil'>): string | null => (held ? null : postponeUntil);

/** From acceptance to the end, waits included; undefined while it has none. */
export const durationMsOf = ({
  createdOn,
  completedOn,
}: Pick<JobSummary, 'createdOn' | 'completedOn'>): number | undefined =>
  completedOn === null ? undefined : Date.parse(completedOn) - Date.parse(createdOn);

/** "Update of account"; what it is about, in words. */
export const subjectOf = ({ messageName, primaryEntityType }: JobSummary): string =>
  primaryEntityType === '' ? messageName : `${messageName} of ${primaryEntityType}`;

/** The end of an id tells apart where the beginning is alike. */
export const shortId = (id: string): string => (id.length <= 9 ? id : `…${id.slice(-8)}`);

/** What went wrong last in one line; empty when nothing did. */
export const lastErrorOf = ({ code, message, friendlyMessage, status }: JobSummary): string => {
  if (status === 'Succeeded' || code === null) return '';
  return (message ?? friendlyMessage).replace(/\s+/g, ' ').trim();
};
