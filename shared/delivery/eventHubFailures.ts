import { failure, type DeliveryFailure } from './delivery.ts';
import type { FailureCode } from './failureCatalogue.ts';
import { identityFailureOf } from './identityFailures.ts';
import { asSdkError, lastOf, textOf } from './sdkErrors.ts';

/**
 * What an error of `@azure/event-hubs` means. Its codes are names that the SDK gives to AMQP conditions and Node's own
 * for sockets; they are not those of the Service Bus SDK.
 */
const codes: Readonly<Partial<Record<FailureCode, readonly string[]>>> = {
  EntityNotFound: ['MessagingEntityNotFoundError', 'ResourceDeletedError'],
  EntityDisabled: ['MessagingEntityDisabledError'],
  Unauthorized: ['UnauthorizedError', 'PublisherRevokedError'],
  MessageTooLarge: ['MessageTooLargeError'],
  QuotaExceeded: ['QuotaExceededError'],
  Busy: ['ServerBusyError', 'SenderBusyError'],
  TimedOut: ['OperationTimeoutError', 'ServiceUnavailableError', 'AbortError'],
  NotStored: ['SendOperationFailedError'],
  ConnectionFailed: [
    'ServiceCommunicationError',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
    'SenderNotReadyError',
  ],
  Refused: [
    'InvalidOperationError',
    'ArgumentError',
    'ArgumentOutOfRangeError',
    'NotImplementedError',
    'PreconditionFailedError',
    'DecodeError',
    'InvalidFieldError',
    'FrameSizeTooSmallError',
  ],
  BrokerFault: [
    'InternalServerError',
    'OperationCancelledError',
    'ConnectionForcedError',
    'ConnectionRedirectError',
    'DetachForcedError',
    'LinkRedirectError',
    'ReceiverDisconnectedError',
    'TransferLimitExceededError',
    'SessionWindowViolationError',
    'ErrantLinkError',
    'HandleInUseError',
    'UnattachedHandleError',
    'FramingError',
    'IllegalStateError',
    'ResourceLockedError',
  ],
};

const byCode: ReadonlyMap<string, FailureCode> = new Map(
  Object.entries(codes).flatMap(([code, names]) => names.map((name) => [name, code as FailureCode] as const)),
);

const codeOf = (error: unknown): FailureCode => {
  const { code, name } = asSdkError(error);
  const text = textOf(error);
  const candidates = [code, name, /^\w+/.exec(text)?.[0]];
  const known = candidates.find((each) => typeof each === 'string' && byCode.has(each));
  if (typeof known === 'string') return byCode.get(known) ?? 'Unknown';
  return /^Failed to connect\b/.test(text) ? 'ConnectionFailed' : 'Unknown';
};

/** Translates whatever the Event Hubs SDK threw; an unknown error becomes `Unknown`, which is retried. */
export const classifyEventHubFailure = (error: unknown): DeliveryFailure => {
  const last = lastOf(error);
  return failure(identityFailureOf(last) ?? codeOf(last), textOf(last));
};
