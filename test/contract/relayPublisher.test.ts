import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen, type RelayListener } from '../../local/relay/listener/listen.ts';
import type { RelayAnswer, RelayRequest } from '../../local/relay/listener/listenOptions.ts';
import type { FaultRule } from '../../local/relay/faults/faultRule.ts';
import { startRelay, type Relay } from '../../local/relay/startRelay.ts';
import { credentials } from '../../shared/azure/credentials.ts';
import { readRelayConnection } from '../../shared/azure/relay/relayConnection.ts';
import { relayPublisher } from '../../shared/azure/relay/relayPublisher.ts';
import type { Publisher } from '../../shared/delivery/delivery.ts';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import type { ServiceEndpoint } from '../../shared/endpoint/serviceEndpoint.ts';
import type { OutgoingMessage } from '../../shared/message/outgoingMessage.ts';
import { endpointWith } from '../support/posting.ts';

const claim = (name: string) => `http://schemas.microsoft.com/xrm/2011/Claims/${name}`;

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  messageId: 'zzz-1',
  correlationId: 'c-1',
  contentType: 'application/json',
  body: new TextEncoder().encode('{"decimal":1.10}'),
  applicationProperties: {
    [claim('Organization')]: 'https://fabrikam.crm4.dynamics.com/',
    [claim('EntityLogicalName')]: 'account',
    [claim('RequestName')]: 'Create',
    MessageMaxSizeExceeded: true,
  },
  ...changes,
});

const contextXml =
  '<RemoteExecutionContext xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><Depth>1</Depth></RemoteExecutionContext>';
const xmlMessage = message({ contentType: 'application/xml', body: new TextEncoder().encode(contextXml) });

let relay: Relay;
let listener: RelayListener | undefined;
beforeEach(async () => {
  relay = await startRelay({
    answerWithinMs: 500,
    relays: [
      { name: 'orders', kind: 'hybridConnection' },
      { name: 'old/orders', kind: 'wcf' },
    ],
  });
});
afterEach(async () => {
  await listener?.close();
  listener = undefined;
  await relay.close();
});

const publisherOf = (
  changes: Partial<ServiceEndpoint> = {},
  connectionString = relay.connectionString,
): Publisher => {
  const endpoint = endpointWith({ contract: 'oneWay', path: 'orders', ...changes });
  const connection = { kind: 'key', connectionString } as const;
  return relayPublisher(readRelayConnection(connection, credentials(), Date.now), endpoint);
};

/** Listens, and keeps what came. */
const listenWith = async (
  answer: RelayAnswer | (() => never) = {},
  path = 'orders',
): Promise<RelayRequest[]> => {
  const seen: RelayRequest[] = [];
  listener = await listen({
    connectionString: relay.connectionString,
    path,
    onRequest: (request) => {
      seen.push(request);
      return typeof answer === 'function' ? answer() : answer;
    },
  });
  return seen;
};

describe('posting to a Hybrid Connection', () => {
  it("delivers the bytes, the ids and the facts under the names of Dataverse's webhook headers", async () => {
    const seen = await listenWith();
    const sent = message();
    expect(await publisherOf().publish(sent)).toEqual({ kind: 'delivered', brokerAnswer: '200' });
    expect(seen).toHaveLength(1);
    expect(Buffer.compare(seen[0]?.body ?? Buffer.alloc(0), sent.body)).toBe(0);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      target: '/orders',
      headers: {
        'content-type': 'application/json',
        'message-id': 'zzz-1',
        'x-ms-correlation-request-id': 'c-1',
        'x-ms-dynamics-organization': 'fabrikam.crm4.dynamics.com',
        'x-ms-dynamics-entity-name': 'account',
        'x-ms-dynamics-request-name': 'Create',
        'x-ms-dynamics-msg-size-exceeded': 'true',
      },
    });
    expect(seen[0]?.headers).not.toHaveProperty('servicebusauthorization');
  });

  it('delivers a body of 300 KB', async () => {
    const seen = await listenWith();
    const body = new Uint8Array(300_000).fill(0x20);
    expect(await publisherOf().publish(message({ body }))).toEqual({
      kind: 'delivered',
      brokerAnswer: '200',
    });
    expect(seen[0]?.body.length).toBe(300_000);
  });

  it.each(['twoWay', 'rest'] as const)(
    'keeps what the listener of contract %s returned',
    async (contract) => {
      await listenWith({ body: 'accepted as order 4711 – ü' });
      expect(await publisherOf({ contract }).publish(message())).toEqual({
        kind: 'delivered',
        answer: 'accepted as order 4711 – ü',
        brokerAnswer: '200 accepted as order 4711 – ü',
      });
    },
  );

  it('keeps no answer for contract oneWay', async () => {
    await listenWith({ body: 'who reads this?' });
    expect(await publisherOf().publish(message())).toEqual({
      kind: 'delivered',
      brokerAnswer: '200 who reads this?',
    });
  });

  it('cuts an answer without end', async () => {
    await listenWith({ body: 'x'.repeat(200_000) });
    const delivery = await publisherOf({ contract: 'twoWay' }).publish(message());
    expect(delivery.kind === 'delivered' && delivery.answer).toHaveLength(65_536);
  });

  const statuses: readonly (readonly [status: number, code: FailureCode])[] = [
    [400, 'ListenerRefused'],
    [401, 'ListenerRefused'],
    [404, 'ListenerRefused'],
    [422, 'ListenerRefused'],
    [301, 'ListenerRefused'],
    [408, 'ListenerFailed'],
    [429, 'ListenerFailed'],
    [500, 'ListenerFailed'],
    [503, 'ListenerFailed'],
  ];
  it.each(statuses)("a listener's answer %i is %s, with its words", async (status, code) => {
    await listenWith({ status, body: 'No such order.' });
    const delivery = await publisherOf().publish(message());
    expect(delivery).toMatchObject({ kind: 'failed', code });
    expect(delivery.kind === 'failed' && delivery.detail).toBe(`Listener: ${status} No such order.`);
  });

  it('waits as long as the listener asks', async () => {
    await listenWith({ status: 503, headers: { 'Retry-After': '120' } });
    expect(await publisherOf().publish(message())).toMatchObject({ retryAfterMs: 120_000 });
  });

  it('without a listener is NoListener, and delivered once there is one', async () => {
    expect(await publisherOf().publish(message())).toMatchObject({ code: 'NoListener' });
    await listenWith();
    expect(await publisherOf().publish(message())).toEqual({ kind: 'delivered', brokerAnswer: '200' });
  });

  it('without a listener is NoListener where the relay says so by 404', async () => {
    relay.put({ name: 'orders', kind: 'hybridConnection', noListenerStatus: 404 });
    expect(await publisherOf().publish(message())).toMatchObject({ code: 'NoListener' });
  });

  it('to a relay that is not there is EntityNotFound', async () => {
    expect(await publisherOf({ path: 'nowhere' }).publish(message())).toMatchObject({
      code: 'EntityNotFound',
    });
  });

  it('with a wrong key, or one without the Send right, is Unauthorized', async () => {
    await listenWith();
    const wrong = relay.connectionString.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=d3Jvbmc=');
    expect(await publisherOf({}, wrong).publish(message())).toMatchObject({ code: 'Unauthorized' });
    const key = { name: 'listener', rights: ['Listen'], primaryKey: 'bGlzdGVu' } as const;
    relay.put({ name: 'orders', kind: 'hybridConnection', keys: [{ ...key, rights: ['Listen'] }] });
    const weak = relay.connectionString
      .replace(/SharedAccessKeyName=[^;]+/, 'SharedAccessKeyName=listener')
      .replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=bGlzdGVu');
    expect(await publisherOf({}, weak).publish(message())).toMatchObject({ code: 'Unauthorized' });
  });

  it('with a listener that does not answer is TimedOut', async () => {
    listener = await listen({
      connectionString: relay.connectionString,
      path: 'orders',
      onRequest: () => new Promise(() => undefined),
    });
    expect(await publisherOf().publish(message())).toMatchObject({ code: 'TimedOut' });
  });

  const faults: readonly (readonly [what: string, rule: FaultRule, code: FailureCode, came: number])[] = [
    ['the request is cut', { where: 'request', what: 'reset' }, 'AnswerLost', 0],
    ['the answer is lost after the listener gave it', { where: 'answer', what: 'drop' }, 'AnswerLost', 1],
    ['the relay is busy', { where: 'request', what: 'status', status: 503 }, 'Busy', 0],
    ['the relay throttles', { where: 'request', what: 'status', status: 429 }, 'Busy', 0],
    ['the relay breaks', { where: 'request', what: 'status', status: 500 }, 'BrokerFault', 0],
    ['the relay finds it too large', { where: 'request', what: 'status', status: 413 }, 'MessageTooLarge', 0],
    ['the relay finds it bad', { where: 'request', what: 'status', status: 400 }, 'Refused', 0],
  ];
  it.each(faults)('when %s', async (_what, rule, code, came) => {
    const seen = await listenWith();
    relay.faults.put([rule]);
    expect(await publisherOf().publish(message())).toMatchObject({ kind: 'failed', code });
    expect(seen).toHaveLength(came);
    expect(await publisherOf().publish(message())).toEqual({ kind: 'delivered', brokerAnswer: '200' });
  });

  it('to a namespace that cannot be reached, or found, is ConnectionFailed', async () => {
    await relay.stopListening();
    expect(await publisherOf().publish(message())).toMatchObject({ code: 'ConnectionFailed' });
    await relay.listen();
    const elsewhere = relay.connectionString.replace(/127\.0\.0\.1:\d+/, 'no-such-host.invalid');
    expect(await publisherOf({}, elsewhere).publish(message())).toMatchObject({ code: 'ConnectionFailed' });
  });
});

describe('posting to a listener of Windows Communication Foundation', () => {
  const wcf = { path: 'old/orders', listener: 'wcf', messageFormat: 'xml' } as const;

  it('of contract rest posts the context to Execute and reads the serialized string', async () => {
    const seen = await listenWith(
      {
        headers: { 'Content-Type': 'application/xml' },
        body: '<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">a &lt;b&gt; &amp; c</string>',
      },
      'old/orders',
    );
    const delivery = await publisherOf({ ...wcf, contract: 'rest' }).publish(xmlMessage);
    expect(delivery).toMatchObject({ kind: 'delivered', answer: 'a <b> & c' });
    expect(seen[0]).toMatchObject({ method: 'POST', target: '/old/orders/Execute' });
    expect(seen[0]?.body.toString()).toBe(contextXml);
  });

  it('of contract twoWay posts an envelope to the address and reads the result', async () => {
    const seen = await listenWith(
      {
        headers: { 'Content-Type': 'application/soap+xml; charset=utf-8' },
        body: '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><ExecuteResponse xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><ExecuteResult>order 4711</ExecuteResult></ExecuteResponse></s:Body></s:Envelope>',
      },
      'old/orders',
    );
    const delivery = await publisherOf({ ...wcf, contract: 'twoWay' }).publish(xmlMessage);
    expect(delivery).toMatchObject({ kind: 'delivered', answer: 'order 4711' });
    expect(seen[0]?.target).toBe('/old/orders');
    const body = seen[0]?.body.toString() ?? '';
    expect(body).toContain(
      '<Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><executionContext xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><Depth>1</Depth></executionContext></Execute>',
    );
    expect(body).toContain('ITwoWayServiceEndpointPlugin/Execute</a:Action>');
  });

  it('fails by the words of a ServiceEndpointFault', async () => {
    await listenWith(
      {
        status: 500,
        headers: { 'Content-Type': 'application/soap+xml' },
        body: '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Detail><ServiceEndpointFault xmlns="http://schemas.microsoft.com/xrm/2011/Contracts"><Message>Unknown customer</Message></ServiceEndpointFault></s:Detail></s:Fault></s:Body></s:Envelope>',
      },
      'old/orders',
    );
    expect(await publisherOf({ ...wcf, contract: 'twoWay' }).publish(xmlMessage)).toMatchObject({
      kind: 'failed',
      code: 'ListenerRefused',
      detail: 'Listener: Unknown customer',
      brokerAnswer: expect.stringMatching(/^500 .*Unknown customer/),
    });
  });

  it('retries any other fault', async () => {
    await listenWith({ status: 500, body: '<s:Fault/>' }, 'old/orders');
    expect(await publisherOf({ ...wcf, contract: 'oneWay' }).publish(xmlMessage)).toMatchObject({
      code: 'ListenerFailed',
    });
  });

  it('without a listener is NoListener: its address is there only while it listens', async () => {
    expect(await publisherOf({ ...wcf, contract: 'oneWay' }).publish(xmlMessage)).toMatchObject({
      code: 'NoListener',
    });
  });

  it('with a wrong key is Unauthorized', async () => {
    await listenWith({}, 'old/orders');
    const wrong = relay.connectionString.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=d3Jvbmc=');
    expect(await publisherOf({ ...wcf, contract: 'rest' }, wrong).publish(xmlMessage)).toMatchObject({
      code: 'Unauthorized',
    });
  });
});
