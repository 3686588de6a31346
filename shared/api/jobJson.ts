import type { Masks } from '../context/masks.ts';
import type { FailureCode } from '../delivery/failureCatalogue.ts';
import { allowedActions, type JobAction } from '../job/jobActions.ts';
import { jobStatuses, type JobStatus } from '../job/jobStatus.ts';
import { plannedAttempts, type RetryPolicy } from '../job/retryPolicy.ts';
import type { Evidence } from '../job/evidence.ts';
import type { ActionRecord, AttemptRecord, SystemJob } from '../job/systemJob.ts';
import { maskedProperties } from './maskedProperties.ts';

/** A job in lists. Times become ISO 8601 in UTC; what a job does not have is null. */
export interface JobSummary {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly status: JobStatus;
  /** statecode and statuscode of Dataverse's asyncoperation table. */
  readonly stateCode: number;
  readonly statusCode: number;
  readonly friendlyMessage: string;
  /** Code of the last failure; docs/errors.md explains each. */
  readonly code: FailureCode | null;
  readonly errorCode: number | null;
  /** Technical text of the last failure. */
  readonly message: string | null;
  readonly attemptCount: number;
  readonly retryCount: number;
  /** With status Waiting: when it goes on. */
  readonly postponeUntil: Date | null;
  /** Waits because its endpoint is paused, or left alone by its breaker. */
  readonly held: boolean;
  readonly createdOn: Date;
  readonly startedOn: Date | null;
  readonly completedOn: Date | null;
  readonly modifiedOn: Date;
  readonly operationId: string | null;
  readonly operationCreatedOn: Date | null;
  readonly correlationId: string | null;
  readonly requestId: string | null;
  readonly depth: number;
  readonly messageName: string;
  readonly primaryEntityType: string;
  readonly regardingObjectId: string;
  readonly owningExtensionId: string | null;
  readonly organization: string | null;
  /** What can be asked of it now. */
  readonly actions: readonly JobAction[];
}

/** An attempt with what it sent and what came back; members that are not known are absent. */
export type AttemptJson = Omit<AttemptRecord, 'evidence'> & Partial<Evidence>;

/** A job on its own page. */
export interface JobDetail extends JobSummary {
  readonly sizeExceeded: boolean;
  readonly idempotencyKey: string | null;
  readonly body: { readonly bytes: number; readonly sha256: string };
  /** What the listener of contract twoWay or rest returned. */
  readonly answer: string | null;
  readonly attempts: readonly AttemptJson[];
  /** Times that follow if every attempt fails, the next one first. */
  readonly plannedAttempts: readonly Date[];
  /** What people asked of it. */
  readonly asked: readonly ActionRecord[];
}

export const jobSummary = (job: SystemJob): JobSummary => ({
  id: job.id,
  name: job.name,
  endpoint: job.endpoint,
  status: job.status,
  ...jobStatuses[job.status],
  friendlyMessage: job.friendlyMessage,
  code: job.code ?? null,
  errorCode: job.errorCode ?? null,
  message: job.message ?? null,
  attemptCount: job.attemptCount,
  retryCount: Math.max(0, job.attemptCount - 1),
  postponeUntil: job.postponeUntil ?? null,
  held: job.held,
  createdOn: job.createdOn,
  startedOn: job.startedOn ?? null,
  completedOn: job.completedOn ?? null,
  modifiedOn: job.modifiedOn,
  operationId: job.operationId ?? null,
  operationCreatedOn: job.operationCreatedOn ?? null,
  correlationId: job.correlationId ?? null,
  requestId: job.requestId ?? null,
  depth: job.depth,
  messageName: job.messageName,
  primaryEntityType: job.primaryEntityName,
  regardingObjectId: job.primaryEntityId,
  owningExtensionId: job.owningExtensionId ?? null,
  organization: job.organization ?? null,
  actions: allowedActions(job.status),
});

/** Times that follow if every attempt fails; empty when nothing is planned, or the endpoint is gone or holds the job. */
const planned = (job: SystemJob, policy: RetryPolicy | undefined): Date[] => {
  if (policy === undefined || job.status !== 'Waiting' || job.held || job.postponeUntil === undefined)
    return [];
  const round = { startedOn: job.roundStartedOn, attempts: job.roundAttempts };
  return plannedAttempts(policy, job.id, round, job.postponeUntil);
};

const attemptJson = ({ evidence, ...rest }: AttemptRecord, masks: Masks): AttemptJson => {
  const { properties } = evidence ?? {};
  return {
    ...rest,
    ...evidence,
    ...(properties === undefined ? {} : { properties: maskedProperties(properties, masks) }),
  };
};

/** @param policy of the job's endpoint; undefined when that is no longer configured. */
export const jobDetail = (job: SystemJob, policy: RetryPolicy | undefined, masks: Masks): JobDetail => ({
  ...jobSummary(job),
  sizeExceeded: job.sizeExceeded,
  idempotencyKey: job.idempotencyKey ?? null,
  body: { bytes: job.bodyBytes, sha256: job.bodyDigest },
  answer: job.answer ?? null,
  attempts: job.attempts.map((attempt) => attemptJson(attempt, masks)),
  plannedAttempts: planned(job, policy),
  asked: job.actions,
});
