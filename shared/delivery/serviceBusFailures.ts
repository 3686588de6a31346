import { failure, type DeliveryFailure } from './delivery.ts';
import type { FailureCode } from './failureCatalogue.ts';
import { identityFailureOf } from './identityFailures.ts';
import { asSdkError, lastOf, textOf } from './sdkErrors.ts';

/**
 * What an error of `@azure/service-bus` means. The SDK's own `retryable` flag is no classification: it is false for a
 * refused connection and true for a wrong key.
 */
const byCode: ReadonlyMap<string, FailureCode> = new Map(
  Object.entries({
    MessagingEntityNotFound: 'EntityNotFound',
    MessagingEntityDisabled: 'EntityDisabled',
    UnauthorizedAccess: 'Unauthorized',
    MessageSizeExceeded: 'MessageTooLarge',
    QuotaExceeded: 'QuotaExceeded',
    ServiceBusy: 'Busy',
    ServiceTimeout: 'TimedOut',
    ServiceCommunicationProblem: 'ConnectionFailed',
    SessionCannotBeLocked: 'Refused',
  } as const),
);

/** The SDK reports most conditions as `GeneralError`; the name it has for the condition begins the message. */
const names: Readonly<Partial<Record<FailureCode, readonly string[]>>> = {
  ConnectionFailed: [
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
  Busy: ['SenderBusyError'],
  NotStored: ['SendOperationFailedError'],
  EntityNotFound: ['ResourceDeletedError'],
  Unauthorized: ['PublisherRevokedError'],
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

const byName: ReadonlyMap<string, FailureCode> = new Map(
  Object.entries(names).flatMap(([code, list]) => list.map((name) => [name, code as FailureCode] as const)),
);

const codeOf = (error: unknown): FailureCode => {
  const { code } = asSdkError(error);
  const text = textOf(error);
  const coded = typeof code === 'string' ? byCode.get(code) : undefined;
  if (coded !== undefined) return coded;
  const named = byName.get(/^\w+/.exec(text)?.[0] ?? '');
  if (named !== undefined) return named;
  return /^Failed to connect\b/.test(text) ? 'ConnectionFailed' : 'Unknown';
};

/** Translates whatever the Service Bus SDK threw; an unknown error becomes `Unknown`, which is retried. */
export const classifyServiceBusFailure = (error: unknown): DeliveryFailure => {
  const last = lastOf(error);
  return failure(identityFailureOf(last) ?? codeOf(last), textOf(last));
};
