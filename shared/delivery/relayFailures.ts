import { failure, type DeliveryFailure } from './delivery.ts';
import type { FailureCode } from './failureCatalogue.ts';
import { identityFailureOf } from './identityFailures.ts';

/** An answer that came through, or from, Azure Relay. */
export interface RelayAnswer {
  readonly status: number;
  /** Whether the listener gave it; the relay's own answers have no `Via` (Hybrid Connections protocol, "Response"). */
  readonly isListeners: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly text: string;
}

/** The relay's own answers. A relay of the old kind exists only while a listener has it open: 404 says the same as 502. */
const ofRelay: Readonly<Record<number, FailureCode>> = {
  400: 'Refused',
  401: 'Unauthorized',
  403: 'Unauthorized',
  404: 'EntityNotFound',
  408: 'TimedOut',
  413: 'MessageTooLarge',
  429: 'Busy',
  502: 'NoListener',
  503: 'Busy',
  504: 'TimedOut',
};

const ofListener = (status: number): FailureCode => {
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'ListenerFailed';
  return 'ListenerRefused';
};

const codeOf = ({ status, isListeners, text }: RelayAnswer): FailureCode => {
  if (isListeners) return ofListener(status);
  if (/\bno listeners?\b/i.test(text)) return 'NoListener';
  return ofRelay[status] ?? (status >= 500 ? 'BrokerFault' : 'Refused');
};

/** What an answer other than 2xx of a Hybrid Connection means. */
export const classifyRelayAnswer = (answer: RelayAnswer): DeliveryFailure => {
  const { status, isListeners, text, retryAfterSeconds } = answer;
  const failed = failure(codeOf(answer), `${isListeners ? 'Listener' : 'Relay'}: ${status} ${text}`);
  return retryAfterSeconds === undefined ? failed : { ...failed, retryAfterMs: retryAfterSeconds * 1000 };
};

/**
 * The same for a listener of Windows Communication Foundation. Its answers cannot be told from the relay's by a header:
 * 404 means that none is there, 500 is the listener's, and carries a fault if it meant to refuse.
 */
export const classifyWcfAnswer = (answer: RelayAnswer, fault: string | undefined): DeliveryFailure => {
  if (fault !== undefined) return failure('ListenerRefused', `Listener: ${fault}`);
  if (answer.status === 404) return failure('NoListener', `Relay: 404 ${answer.text}`);
  return classifyRelayAnswer({ ...answer, isListeners: answer.status === 500 || answer.status === 400 });
};

const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** OpenSSL's verdicts on a certificate and Node's own: no request was sent. */
const isOfTls = (code: string): boolean => /CERT|TLS|SSL|LEAF_SIGNATURE|EPROTO/.test(code);

interface FetchError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

const asError = (error: unknown): FetchError => (typeof error === 'object' && error !== null ? error : {});

/** What it means that no answer came. A connection that ended in the middle is ambiguous, like a time-out. */
export const classifyRelayError = (error: unknown): DeliveryFailure => {
  const { name, message, cause } = asError(error);
  const inner = asError(cause);
  const code = typeof inner.code === 'string' ? inner.code : '';
  const detail = [message, code, inner.message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  const ofIdentity = identityFailureOf(error);
  if (ofIdentity !== undefined) return failure(ofIdentity, detail);
  if (name === 'TimeoutError') return failure('TimedOut', detail);
  // Nothing went out: the address or a header cannot be sent.
  if (cause === undefined && error instanceof TypeError) return failure('Refused', detail);
  if (unreachable.includes(code) || isOfTls(code)) return failure('ConnectionFailed', detail);
  return failure('AnswerLost', detail);
};
