import { describe, expect, it } from 'vitest';
import { classifyEventHubFailure } from '../../../shared/delivery/eventHubFailures.ts';

const sdkError = (code: string | undefined, message = 'words', name = 'MessagingError'): Error =>
  Object.assign(new Error(message), { name }, code === undefined ? {} : { code });

describe('an error of the Event Hubs SDK', () => {
  it.each([
    ['MessagingEntityNotFoundError', 'EntityNotFound'],
    ['ResourceDeletedError', 'EntityNotFound'],
    ['MessagingEntityDisabledError', 'EntityDisabled'],
    ['UnauthorizedError', 'Unauthorized'],
    ['PublisherRevokedError', 'Unauthorized'],
    ['MessageTooLargeError', 'MessageTooLarge'],
    ['QuotaExceededError', 'QuotaExceeded'],
    ['ServerBusyError', 'Busy'],
    ['ServiceUnavailableError', 'TimedOut'],
    ['OperationTimeoutError', 'TimedOut'],
    ['SendOperationFailedError', 'NotStored'],
    ['ServiceCommunicationError', 'ConnectionFailed'],
    ['ECONNREFUSED', 'ConnectionFailed'],
    ['ENOTFOUND', 'ConnectionFailed'],
    ['ETIMEDOUT', 'ConnectionFailed'],
    ['InvalidOperationError', 'Refused'],
    ['ArgumentError', 'Refused'],
    ['NotImplementedError', 'Refused'],
    ['PreconditionFailedError', 'Refused'],
    ['InternalServerError', 'BrokerFault'],
    ['OperationCancelledError', 'BrokerFault'],
    ['ConnectionForcedError', 'BrokerFault'],
    ['DetachForcedError', 'BrokerFault'],
    ['ReceiverDisconnectedError', 'BrokerFault'],
    ['ErrantLinkError', 'BrokerFault'],
    ['HandleInUseError', 'BrokerFault'],
    ['UnattachedHandleError', 'BrokerFault'],
    ['SomethingNew', 'Unknown'],
    // What the Service Bus SDK calls the same thing means nothing here.
    ['ServiceBusy', 'Unknown'],
  ])('with code %s is %s', (code, expected) => {
    expect(classifyEventHubFailure(sdkError(code))).toEqual({
      kind: 'failed',
      code: expected,
      detail: 'words',
    });
  });

  it('may have the condition in its name, or at the head of its message, instead', () => {
    expect(classifyEventHubFailure(sdkError(undefined, 'late', 'OperationTimeoutError')).code).toBe(
      'TimedOut',
    );
    expect(classifyEventHubFailure(sdkError(undefined, 'ECONNREFUSED: connect')).code).toBe(
      'ConnectionFailed',
    );
    expect(classifyEventHubFailure(sdkError(undefined, 'no ECONNREFUSED: connect')).code).toBe('Unknown');
  });

  it('is known by its code before its name', () => {
    const error = sdkError('UnauthorizedError', 'InternalServerError: x', 'OperationTimeoutError');
    expect(classifyEventHubFailure(error).code).toBe('Unauthorized');
  });

  it('from a connection that was reset at once is a failed connection', () => {
    expect(classifyEventHubFailure(new Error('Failed to connect')).code).toBe('ConnectionFailed');
  });

  it('that bundles several attempts is what the last of them was', () => {
    const bundled = new AggregateError([sdkError('OperationTimeoutError'), sdkError('ServerBusyError', 'b')]);
    expect(classifyEventHubFailure(bundled)).toEqual({ kind: 'failed', code: 'Busy', detail: 'b' });
    expect(classifyEventHubFailure(new AggregateError([])).code).toBe('Unknown');
  });

  it.each([[undefined], [null], ['text'], [42], [{}], [{ code: 'constructor', name: 'toString' }]])(
    'may be %j and is unknown then',
    (error) => {
      expect(classifyEventHubFailure(error).code).toBe('Unknown');
    },
  );
});
