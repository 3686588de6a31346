import { describe, expect, it } from 'vitest';
import {
  classifyRelayAnswer,
  classifyRelayError,
  classifyWcfAnswer,
  type RelayAnswer,
} from '../../../shared/delivery/relayFailures.ts';

const answer = (status: number, changes: Partial<RelayAnswer> = {}): RelayAnswer => ({
  status,
  isListeners: false,
  retryAfterSeconds: undefined,
  text: 'words',
  ...changes,
});

describe("an answer of the relay's own", () => {
  it.each([
    [302, 'Refused'],
    [400, 'Refused'],
    [401, 'Unauthorized'],
    [403, 'Unauthorized'],
    [404, 'EntityNotFound'],
    [405, 'Refused'],
    [408, 'TimedOut'],
    [413, 'MessageTooLarge'],
    [429, 'Busy'],
    [500, 'BrokerFault'],
    [502, 'NoListener'],
    [503, 'Busy'],
    [504, 'TimedOut'],
    [599, 'BrokerFault'],
  ])('with status %d is %s', (status, expected) => {
    expect(classifyRelayAnswer(answer(status))).toEqual({
      kind: 'failed',
      code: expected,
      detail: `Relay: ${status} words`,
    });
  });

  it.each(['Endpoint does not exist. There are no listeners connected for the endpoint.', 'No listener'])(
    'that says "%s" means that nobody listens, whatever its status',
    (text) => {
      expect(classifyRelayAnswer(answer(404, { text })).code).toBe('NoListener');
      expect(classifyRelayAnswer(answer(502, { text })).code).toBe('NoListener');
    },
  );
});

describe("an answer of the listener's", () => {
  it.each([
    [302, 'ListenerRefused'],
    [400, 'ListenerRefused'],
    [401, 'ListenerRefused'],
    [404, 'ListenerRefused'],
    [408, 'ListenerFailed'],
    [409, 'ListenerRefused'],
    [422, 'ListenerRefused'],
    [425, 'ListenerFailed'],
    [429, 'ListenerFailed'],
    [500, 'ListenerFailed'],
    [502, 'ListenerFailed'],
    [504, 'ListenerFailed'],
  ])('with status %d is %s', (status, expected) => {
    const failed = classifyRelayAnswer(answer(status, { isListeners: true, text: 'no listeners' }));
    expect(failed).toMatchObject({ code: expected, detail: `Listener: ${status} no listeners` });
  });

  it('may ask for a wait (T-3)', () => {
    expect(classifyRelayAnswer(answer(503, { retryAfterSeconds: 30 })).retryAfterMs).toBe(30_000);
    expect(classifyRelayAnswer(answer(429, { isListeners: true, retryAfterSeconds: 0 })).retryAfterMs).toBe(
      0,
    );
    expect(classifyRelayAnswer(answer(503))).not.toHaveProperty('retryAfterMs');
  });

  it('is kept as one bounded line', () => {
    const { detail } = classifyRelayAnswer(answer(500, { text: `a\n${'x'.repeat(1000)}` }));
    expect(detail).toMatch(/^Relay: 500 a x+$/);
    expect(detail).toHaveLength(400);
  });
});

describe('an answer of a relay of the old kind', () => {
  it.each([
    [400, 'ListenerRefused'],
    [401, 'Unauthorized'],
    [403, 'Unauthorized'],
    [404, 'NoListener'],
    [500, 'ListenerFailed'],
    [502, 'NoListener'],
    [503, 'Busy'],
    [504, 'TimedOut'],
  ])('with status %d is %s, since the listener cannot be told by a header', (status, expected) => {
    expect(classifyWcfAnswer(answer(status), undefined).code).toBe(expected);
    expect(classifyWcfAnswer(answer(status, { isListeners: true }), undefined).code).toBe(expected);
  });

  it('with a fault is a refusal in the words of the fault', () => {
    expect(classifyWcfAnswer(answer(500), 'No such customer')).toEqual({
      kind: 'failed',
      code: 'ListenerRefused',
      detail: 'Listener: No such customer',
    });
  });
});

describe('no answer', () => {
  const fetchFailed = (cause: object) => new TypeError('fetch failed', { cause });
  const because = (code: string, message = 'why') => fetchFailed(Object.assign(new Error(message), { code }));

  it.each([
    ['ECONNREFUSED', 'ConnectionFailed'],
    ['ENOTFOUND', 'ConnectionFailed'],
    ['EAI_AGAIN', 'ConnectionFailed'],
    ['EHOSTUNREACH', 'ConnectionFailed'],
    ['ENETUNREACH', 'ConnectionFailed'],
    ['ETIMEDOUT', 'ConnectionFailed'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ConnectionFailed'],
    ['CERT_HAS_EXPIRED', 'ConnectionFailed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ConnectionFailed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ConnectionFailed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'ConnectionFailed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'ConnectionFailed'],
    ['EPROTO', 'ConnectionFailed'],
    // The request may have arrived.
    ['ECONNRESET', 'AnswerLost'],
    ['EPIPE', 'AnswerLost'],
    ['UND_ERR_SOCKET', 'AnswerLost'],
    ['SOMETHING_NEW', 'AnswerLost'],
  ])('because of %s is %s', (code, expected) => {
    expect(classifyRelayError(because(code))).toEqual({
      kind: 'failed',
      code: expected,
      detail: `fetch failed: ${code}: why`,
    });
  });

  it('from any address of a host is a failed connection', () => {
    const cause = Object.assign(new AggregateError([new Error('a'), new Error('b')]), {
      code: 'ECONNREFUSED',
    });
    expect(classifyRelayError(fetchFailed(cause))).toMatchObject({
      code: 'ConnectionFailed',
      detail: 'fetch failed: ECONNREFUSED',
    });
  });

  it('in time is a time-out', () => {
    const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect(classifyRelayError(timeout)).toEqual({
      kind: 'failed',
      code: 'TimedOut',
      detail: 'The operation was aborted due to timeout',
    });
  });

  it.each([[undefined], [null], ['text'], [42], [{}], [{ cause: { code: 7 } }]])(
    'with %j as the error is ambiguous',
    (error) => {
      expect(classifyRelayError(error).code).toBe('AnswerLost');
    },
  );
});
