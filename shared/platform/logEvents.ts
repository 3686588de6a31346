import type { GroupKey } from '../group/groupStore.ts';
import type { FinishedAttempt } from '../job/afterAttempt.ts';
import type { ActionAnswer } from '../job/actOnJob.ts';
import type { AskedAction } from '../job/afterAction.ts';
import type { SweepResult } from '../job/sweep.ts';
import type { SystemJob } from '../job/systemJob.ts';
import type { UnreadableJob } from '../job/unreadableJob.ts';
import type { Operation } from '../operation/operation.ts';
import type { UnreadableOperation } from '../operation/unreadableOperation.ts';
import type { Refusal } from '../notification/refusal.ts';

/** Where lines go: the context of an invocation, or the console at start-up. */
export interface LogSink {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** Every line the app writes: a stable id and a name to search by. */
export const logEventIds = {
  ConfigurationRead: 1001,
  ConfigurationFaulty: 1002,
  NotificationRefused: 1101,
  NotificationFailed: 1102,
  StartFailed: 1103,
  AttemptFinished: 1201,
  JobMissing: 1202,
  ActionAnswered: 1301,
  NudgeFailed: 1302,
  JobDeleted: 1303,
  GroupNoted: 1304,
  PayloadSeen: 1311,
  OperationAsked: 1351,
  OperationNudgeFailed: 1352,
  OperationStepFailed: 1353,
  OperationWritten: 1354,
  OperationUnreadable: 1355,
  SweepFinished: 1401,
  JobUnreadable: 1402,
  InstanceEnded: 1403,
  SweepPartFailed: 1404,
  RequestFailed: 1501,
  EndpointActionAnswered: 1601,
  EndpointChanged: 1602,
  GateFailed: 1603,
  RecoveryStartFailed: 1604,
  JobsLetGo: 1605,
  StatisticsFailed: 1606,
  EndpointUnreadable: 1607,
} as const;

type EventName = keyof typeof logEventIds;

/** A line of the log: one JSON object. */
export const line = (event: EventName, facts: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ eventId: logEventIds[event], event, ...facts });

/** An error in words. */
export const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

export const configurationRead = (log: LogSink, effective: Readonly<Record<string, unknown>>): void =>
  log.info(line('ConfigurationRead', effective));

export const configurationFaulty = (log: LogSink, faults: readonly string[]): void =>
  log.error(line('ConfigurationFaulty', { faults }));

export const notificationRefused = (
  log: LogSink,
  endpoint: string,
  { code, detail, faults }: Refusal,
): void => log.warn(line('NotificationRefused', { endpoint, code, detail, faults }));

export const notificationFailed = (log: LogSink, endpoint: string, error: unknown): void =>
  log.error(line('NotificationFailed', { endpoint, error: textOf(error) }));

export const startFailed = (log: LogSink, jobId: string, error: unknown): void =>
  log.warn(line('StartFailed', { jobId, error: textOf(error) }));

/** The one wide event of a delivery attempt: all one needs to know of it stands in one line. */
export const attemptFinished = (log: LogSink, job: SystemJob, finished: FinishedAttempt): void => {
  const { attempt, startedOn, endedOn, delivery } = finished;
  const text = line('AttemptFinished', {
    jobId: job.id,
    endpoint: job.endpoint,
    messageName: job.messageName,
    primaryEntityType: job.primaryEntityName,
    correlationId: job.correlationId,
    attempt,
    durationMs: endedOn.getTime() - startedOn.getTime(),
    sinceCreatedMs: endedOn.getTime() - job.createdOn.getTime(),
    bodyBytes: job.bodyBytes,
    status: job.status,
    postponeUntil: job.postponeUntil,
    ...(delivery.kind === 'failed' ? { code: delivery.code, detail: delivery.detail } : {}),
  });
  if (delivery.kind === 'delivered') log.info(text);
  else log.warn(text);
};

/** A workflow without a row: the job was deleted, or the app looks into another table than before. */
export const jobMissing = (log: LogSink, jobId: string): void => log.warn(line('JobMissing', { jobId }));

export const actionAnswered = (log: LogSink, jobId: string, asked: AskedAction, answer: ActionAnswer): void =>
  log.info(
    line('ActionAnswered', {
      jobId,
      action: asked.action,
      by: asked.by,
      reason: asked.reason,
      until: asked.until,
      answer: answer.kind,
    }),
  );

/** Somebody was shown what a job carries. */
export const payloadSeen = (log: LogSink, jobId: string, by: string): void =>
  log.info(line('PayloadSeen', { jobId, by }));

export const nudgeFailed = (log: LogSink, jobId: string, error: unknown): void =>
  log.warn(line('NudgeFailed', { jobId, error: textOf(error) }));

/** What a person removed for good: the last that is told of the job. */
export const jobDeleted = (
  log: LogSink,
  { id, endpoint, status, attemptCount }: SystemJob,
  by: string,
): void => log.warn(line('JobDeleted', { jobId: id, endpoint, status, attemptCount, by }));

export const groupNoted = (log: LogSink, { endpoint, code }: GroupKey, by: string): void =>
  log.info(line('GroupNoted', { endpoint, code, by }));

export const sweepFinished = (log: LogSink, result: SweepResult): void => {
  const text = line('SweepFinished', {
    unstarted: result.unstarted,
    overdue: result.overdue,
    sweptUntil: result.sweptUntilMs === undefined ? undefined : new Date(result.sweptUntilMs),
    finished: result.finished,
  });
  if (result.unstarted + result.overdue > 0 || !result.finished) log.warn(text);
  else log.info(text);
};

/** The other parts of the sweep are done all the same, and the next sweep does this one again. */
export const sweepPartFailed = (log: LogSink, part: string, error: unknown): void =>
  log.error(line('SweepPartFailed', { part, error: textOf(error) }));

/** A row that stands in the way of its job, and has to be looked at by a person. */
export const jobUnreadable = (log: LogSink, fault: UnreadableJob): void =>
  log.error(line('JobUnreadable', { jobId: fault.id, error: fault.message }));

export const requestFailed = (log: LogSink, functionName: string, error: unknown): void =>
  log.error(line('RequestFailed', { functionName, error: textOf(error) }));

/** Who asked for what bulk operation, and why. */
export const operationAsked = (log: LogSink, operation: Operation): void => {
  const { id, action, filter, by, reason, cutOff, counted, ratePerMinute, canary } = operation;
  const { ids, ...criteria } = filter;
  const asked = { action, filter: { ...criteria, ids: ids?.length }, by, reason, cutOff, counted };
  log.info(line('OperationAsked', { operation: id, ...asked, ratePerMinute, canary }));
};

/** The operation as it stands after each piece of work. */
export const operationWritten = (log: LogSink, { id, status, phase, message, steps }: Operation): void =>
  log.info(line('OperationWritten', { operation: id, status, phase, message, steps }));

export const operationNudgeFailed = (log: LogSink, id: string, error: unknown): void =>
  log.warn(line('OperationNudgeFailed', { operation: id, error: textOf(error) }));

/** @param faults steps before it that failed in a row. */
export const operationStepFailed = (log: LogSink, id: string, faults: number, error: unknown): void =>
  log.warn(line('OperationStepFailed', { operation: id, faults, error: textOf(error) }));

/** An instance that stood still for long was ended; the next sweep starts it again. */
export const instanceEnded = (log: LogSink, instance: string): void =>
  log.warn(line('InstanceEnded', { instance }));

/** A row that stands in the way of its operation, and what is wrong with it. */
export const operationUnreadable = (log: LogSink, { id, message }: UnreadableOperation): void =>
  log.error(line('OperationUnreadable', { operation: id, message }));
