import type { Notification } from '../notification/notification.ts';
import { jobIdOf, timeOfJobId } from './jobId.ts';
import { sweepReachMs } from './sweepWindow.ts';
import type { SystemJob } from './systemJob.ts';

/**
 * The job of an accepted notification.
 *
 * The sweeper finds jobs that were stored but never started by the time in their id. A notification that comes much
 * later than its operation, or does not tell when that was, would be missed; it is put into the attention index.
 */
export const newJob = (notification: Notification, now: Date): SystemJob => {
  const id = jobIdOf(notification);
  const { messageName, primaryEntityName, owningExtensionName } = notification;
  return {
    id,
    endpoint: notification.endpoint,
    name: owningExtensionName ?? `${messageName} of ${primaryEntityName}`,
    createdOn: now,
    operationId: notification.operationId,
    requestId: notification.requestId,
    correlationId: notification.correlationId,
    operationCreatedOn: notification.operationCreatedOn,
    messageName,
    primaryEntityName,
    primaryEntityId: notification.primaryEntityId,
    depth: notification.depth,
    owningExtensionId: notification.owningExtensionId,
    organization: notification.organization,
    userId: notification.userId,
    initiatingUserId: notification.initiatingUserId,
    initiatingUserAgent: notification.initiatingUserAgent,
    userObjectId: notification.userObjectId,
    initiatingUserObjectId: notification.initiatingUserObjectId,
    traceParent: notification.traceParent,
    sizeExceeded: notification.sizeExceeded,
    idempotencyKey: notification.idempotencyKey,
    bodyBytes: notification.body.byteLength,
    bodyDigest: notification.bodyDigest,
    status: 'WaitingForResources',
    friendlyMessage: 'Accepted; the first attempt follows at once.',
    message: undefined,
    code: undefined,
    errorCode: undefined,
    attemptCount: 0,
    roundStartedOn: now,
    roundAttempts: 0,
    postponeUntil: undefined,
    held: false,
    startedOn: undefined,
    completedOn: undefined,
    modifiedOn: now,
    answer: undefined,
    attention: Math.abs(now.getTime() - timeOfJobId(id)) > sweepReachMs,
    attempts: [],
    actions: [],
  };
};
