import { describe, expect, it } from 'vitest';
import { amqpAnswerOf } from '../../../shared/delivery/amqpAnswer.ts';

const sdkError = (code: string | undefined, message: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('what a broker answered (E-1)', () => {
  it.each([
    ['ServiceBusy', 'Slow down.', 'com.microsoft:server-busy: Slow down.'],
    ['ServerBusyError', 'Slow down.', 'com.microsoft:server-busy: Slow down.'],
    ['GeneralError', 'InvalidOperationError: Not so.', 'amqp:not-allowed: Not so.'],
    ['MessagingEntityNotFound', 'Nothing: here.', 'amqp:not-found: Nothing: here.'],
    ['UnauthorizedAccess', 'sig=abcdefgh expired', 'amqp:unauthorized-access: sig=[removed] expired'],
  ])('by an error with code %s that says %s is %s', (code, message, answer) => {
    expect(amqpAnswerOf(sdkError(code, message))).toBe(answer);
  });

  it.each([
    ['ServiceTimeout', 'The operation timed out.'],
    ['OperationTimeoutError', 'The operation timed out.'],
    ['ServiceCommunicationProblem', 'getaddrinfo ENOTFOUND a'],
    ['GeneralError', 'ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:5671'],
    [undefined, 'Failed to connect'],
    ['SenderBusyError', 'no credit'],
    ['toString', 'constructor: x'],
  ])('is not known by an error with code %s that says %s', (code, message) => {
    expect(amqpAnswerOf(sdkError(code, message))).toBeUndefined();
  });

  it('of several attempts in one is that of the last, shortened', () => {
    const bundled = new AggregateError([
      sdkError('ServiceTimeout', 'a'),
      sdkError('ServiceBusy', 'b'.repeat(900)),
    ]);
    expect(amqpAnswerOf(bundled)).toMatch(/^com\.microsoft:server-busy: b{50,300}$/);
    expect(amqpAnswerOf(bundled)).toHaveLength(300);
  });
});
