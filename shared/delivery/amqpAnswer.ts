import { beginningOf } from '../text/withoutSecrets.ts';
import { plainText } from '../text/plainText.ts';
import { asSdkError, lastOf, textOf } from './sdkErrors.ts';

/** What a receiver answers to a message that it took. AMQP's outcome; the SDK's call ends well only after it. */
export const acceptedAnswer = 'accepted';

/**
 * Conditions by the names that the SDKs have for them (`ConditionErrorNameMapper` of `@azure/core-amqp`; the Service Bus
 * SDK renames the commonest). A name that stands for two conditions has the commoner one; names that the SDKs also give
 * to their own time-outs and to broken sockets have none: then it is not known that a broker answered.
 */
const conditions: Readonly<Record<string, string>> = {
  ServerBusyError: 'com.microsoft:server-busy',
  ServiceBusy: 'com.microsoft:server-busy',
  MessagingEntityNotFoundError: 'amqp:not-found',
  MessagingEntityNotFound: 'amqp:not-found',
  MessagingEntityDisabledError: 'com.microsoft:entity-disabled',
  MessagingEntityDisabled: 'com.microsoft:entity-disabled',
  UnauthorizedError: 'amqp:unauthorized-access',
  UnauthorizedAccess: 'amqp:unauthorized-access',
  MessageTooLargeError: 'amqp:link:message-size-exceeded',
  MessageSizeExceeded: 'amqp:link:message-size-exceeded',
  QuotaExceededError: 'amqp:resource-limit-exceeded',
  QuotaExceeded: 'amqp:resource-limit-exceeded',
  SessionCannotBeLockedError: 'com.microsoft:session-cannot-be-locked',
  SessionCannotBeLocked: 'com.microsoft:session-cannot-be-locked',
  ServiceUnavailableError: 'com.microsoft:timeout',
  PublisherRevokedError: 'com.microsoft:publisher-revoked',
  ResourceDeletedError: 'amqp:resource-deleted',
  ResourceLockedError: 'amqp:resource-locked',
  InternalServerError: 'amqp:internal-error',
  NotImplementedError: 'amqp:not-implemented',
  InvalidOperationError: 'amqp:not-allowed',
  ArgumentError: 'com.microsoft:argument-error',
  ArgumentOutOfRangeError: 'com.microsoft:argument-out-of-range',
  PreconditionFailedError: 'amqp:precondition-failed',
  DecodeError: 'amqp:decode-error',
  InvalidFieldError: 'amqp:invalid-field',
  IllegalStateError: 'amqp:illegal-state',
  FrameSizeTooSmallError: 'amqp:frame-size-too-small',
  DetachForcedError: 'amqp:link:detach-forced',
  TransferLimitExceededError: 'amqp:link:transfer-limit-exceeded',
  LinkRedirectError: 'amqp:link:redirect',
  ConnectionForcedError: 'amqp:connection:forced',
  ConnectionRedirectError: 'amqp:connection:redirect',
  OperationCancelledError: 'com.microsoft:operation-cancelled',
};

const byName: ReadonlyMap<unknown, string> = new Map(Object.entries(conditions));

/** Longest text that is kept of it. */
const longestAnswer = 300;

/** A receiver's answer as it is kept: one line, without secrets, shortened. */
export const brokerAnswerOf = (text: string): string => plainText(beginningOf(text), longestAnswer).trim();

/**
 * What the broker answered, by an error of one of its SDKs: `<condition>: <description>`. Undefined when no answer is
 * known: no connection, a time-out, a fault of the client itself.
 */
export const amqpAnswerOf = (error: unknown): string | undefined => {
  const last = lastOf(error);
  const { code } = asSdkError(last);
  const text = textOf(last);
  const [prefix = '', name = ''] = /^(\w+): /.exec(text) ?? [];
  const condition = byName.get(code) ?? byName.get(name);
  if (condition === undefined) return undefined;
  return brokerAnswerOf(`${condition}: ${byName.has(name) ? text.slice(prefix.length) : text}`);
};
