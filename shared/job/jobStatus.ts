/**
 * Status of a system job: the state and status codes of Dataverse's own `asyncoperation` table. Its one pair
 * Suspended/Waiting (1/10) is told apart here: `Waiting` goes on by itself at `postponeUntil`, `Suspended` when a
 * person resumes it.
 */
export const jobStatuses = {
  WaitingForResources: { stateCode: 0, statusCode: 0 },
  Waiting: { stateCode: 1, statusCode: 10 },
  Suspended: { stateCode: 1, statusCode: 10 },
  InProgress: { stateCode: 2, statusCode: 20 },
  Pausing: { stateCode: 2, statusCode: 21 },
  Canceling: { stateCode: 2, statusCode: 22 },
  Succeeded: { stateCode: 3, statusCode: 30 },
  Failed: { stateCode: 3, statusCode: 31 },
  Canceled: { stateCode: 3, statusCode: 32 },
} as const;

export type JobStatus = keyof typeof jobStatuses;

export const isJobStatus = (text: string): text is JobStatus => Object.hasOwn(jobStatuses, text);

/** Nothing runs for a job in one of these until a person acts. */
const restingStatuses = ['Suspended', 'Succeeded', 'Failed', 'Canceled'] as const;

export type RestingStatus = (typeof restingStatuses)[number];

export const isResting = (status: JobStatus): status is RestingStatus =>
  (restingStatuses as readonly JobStatus[]).includes(status);
