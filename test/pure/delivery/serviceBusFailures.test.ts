import { describe, expect, it } from 'vitest';
import { failureCatalogue } from '../../../shared/delivery/failureCatalogue.ts';
import { classifyServiceBusFailure } from '../../../shared/delivery/serviceBusFailures.ts';

const sdkError = (code: string | undefined, message: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('an error of the Service Bus SDK', () => {
  it.each([
    ['MessagingEntityNotFound', 'EntityNotFound'],
    ['MessagingEntityDisabled', 'EntityDisabled'],
    ['UnauthorizedAccess', 'Unauthorized'],
    ['MessageSizeExceeded', 'MessageTooLarge'],
    ['QuotaExceeded', 'QuotaExceeded'],
    ['ServiceBusy', 'Busy'],
    ['ServiceTimeout', 'TimedOut'],
    ['ServiceCommunicationProblem', 'ConnectionFailed'],
    ['SessionCannotBeLocked', 'Refused'],
    ['SomethingNew', 'Unknown'],
  ])('with code %s is %s', (code, expected) => {
    expect(classifyServiceBusFailure(sdkError(code, 'words'))).toEqual({
      kind: 'failed',
      code: expected,
      detail: 'words',
    });
  });

  it.each([
    ['ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5671', 'ConnectionFailed'],
    ['ENOTFOUND: getaddrinfo ENOTFOUND nowhere.example', 'ConnectionFailed'],
    ['SendOperationFailedError: released', 'NotStored'],
    ['InternalServerError: oops', 'BrokerFault'],
    ['ConnectionForcedError: bye', 'BrokerFault'],
    ['DetachForcedError: bye', 'BrokerFault'],
    ['OperationCancelledError: bye', 'BrokerFault'],
    ['InvalidOperationError: It is not possible for an entity that requires sessions', 'Refused'],
    ['ArgumentError: bad', 'Refused'],
    ['NotImplementedError: no', 'Refused'],
    ['Error: something else', 'Unknown'],
  ])('that is general and says %s is %s', (message, expected) => {
    expect(classifyServiceBusFailure(sdkError('GeneralError', message)).code).toBe(expected);
  });

  it('without a code, from a connection that was reset at once, is a failed connection', () => {
    expect(classifyServiceBusFailure(sdkError(undefined, 'Failed to connect')).code).toBe('ConnectionFailed');
  });

  it('that bundles several attempts is what the last of them was', () => {
    const bundled = new AggregateError([sdkError('ServiceTimeout', 'a'), sdkError('ServiceBusy', 'b')]);
    expect(classifyServiceBusFailure(bundled)).toEqual({ kind: 'failed', code: 'Busy', detail: 'b' });
    expect(classifyServiceBusFailure(new AggregateError([])).code).toBe('Unknown');
  });

  it.each([[undefined], [null], ['text'], [42], [{}], [{ code: 'constructor' }]])(
    'may be %j and is unknown then',
    (error) => {
      expect(classifyServiceBusFailure(error).code).toBe('Unknown');
    },
  );
});

describe('the catalogue of failures', () => {
  it('retries what is not known (a stated decision)', () => {
    expect(failureCatalogue.Unknown.outcome).toBe('retry');
  });

  it.each(Object.entries(failureCatalogue))('says of %s what it is and what to do', (_code, meaning) => {
    expect(meaning.cause).toMatch(/\.$/);
    expect(meaning.advice).toMatch(/\.$/);
    expect(Number.isInteger(meaning.errorCode) && meaning.errorCode < 0).toBe(true);
  });
});
