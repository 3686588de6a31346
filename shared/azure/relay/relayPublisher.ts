import { brokerAnswerOf } from '../../delivery/amqpAnswer.ts';
import type { Delivery, Publisher } from '../../delivery/delivery.ts';
import {
  classifyRelayAnswer,
  classifyRelayError,
  classifyWcfAnswer,
  type RelayAnswer,
} from '../../delivery/relayFailures.ts';
import type { ServiceEndpoint } from '../../endpoint/serviceEndpoint.ts';
import { answerOfListener } from '../../message/answerOfListener.ts';
import { relayRequest, type RelayRequest } from '../../message/relayRequest.ts';
import { serviceEndpointFault } from '../../message/soap.ts';
import { bufferOf } from '../bufferOf.ts';
import type { RelayConnection } from './relayConnection.ts';
import { readText } from './readText.ts';

/** A relay itself gives up after 60 s (Hybrid Connections protocol). */
const longestWaitSeconds = 60;

/** A little more than the wait, so that the relay's own answer is heard. */
const graceMs = 5000;

const secondsIn = (header: string | null): number | undefined =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) : undefined;

const exchange = async (
  { url, headers, body }: RelayRequest,
  token: string,
  signal: AbortSignal,
): Promise<[RelayAnswer, string]> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, ServiceBusAuthorization: token },
    body: bufferOf(body),
    // A relay never sends elsewhere, and the token must not go there.
    redirect: 'manual',
    signal,
  });
  const answer = {
    status: response.status,
    isListeners: response.headers.has('via'),
    retryAfterSeconds: secondsIn(response.headers.get('retry-after')),
    text: await readText(response),
  };
  return [answer, response.headers.get('content-type') ?? ''];
};

const deliveryOf = (
  { contract, listener }: ServiceEndpoint,
  answer: RelayAnswer,
  contentType: string,
): Delivery => {
  if (answer.status >= 200 && answer.status < 300) {
    if (contract === 'oneWay') return { kind: 'delivered' };
    return { kind: 'delivered', answer: answerOfListener(answer.text, listener, contentType) };
  }
  return listener === 'wcf'
    ? classifyWcfAnswer(answer, serviceEndpointFault(answer.text))
    : classifyRelayAnswer(answer);
};

/** Posts to a listener behind Azure Relay: one HTTPS request for each call. */
export const relayPublisher = (
  { origin, tokenFor, hasNarrowTokens }: RelayConnection,
  endpoint: ServiceEndpoint,
): Publisher => ({
  publish: async (message) => {
    const path = endpoint.path.split('/').map(encodeURIComponent).join('/');
    const waitMs = (endpoint.answerWithinSeconds ?? longestWaitSeconds) * 1000 + graceMs;
    const signal = AbortSignal.timeout(waitMs);
    try {
      const token = await tokenFor(path, signal);
      const target = { endpoint, address: `${origin}/${path}` };
      const request = relayRequest(message, hasNarrowTokens ? { ...target, token } : target);
      const [answer, type] = await exchange(request, token, signal);
      const brokerAnswer = brokerAnswerOf(`${answer.status} ${answer.text}`);
      return { ...deliveryOf(endpoint, answer, type), brokerAnswer };
    } catch (error) {
      return classifyRelayError(error);
    }
  },
});
