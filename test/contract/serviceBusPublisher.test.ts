import { ServiceBusClient } from '@azure/service-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessKey } from '../../local/sas/accessKey.ts';
import type { FaultRule } from '../../local/bus/faults/faultRule.ts';
import { startBus, type Bus } from '../../local/bus/startBus.ts';
import { credentials } from '../../shared/azure/credentials.ts';
import { clientPool } from '../../shared/azure/serviceBus/clientPool.ts';
import { serviceBusPublisher } from '../../shared/azure/serviceBus/serviceBusPublisher.ts';
import type { Publisher } from '../../shared/delivery/delivery.ts';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import type { OutgoingMessage } from '../../shared/message/outgoingMessage.ts';

const path = 'dataverse-events';

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  messageId: 'zzz-1',
  correlationId: 'c-1',
  contentType: 'application/json',
  body: new TextEncoder().encode('{"decimal":1.10,"long":9007199254740993}'),
  applicationProperties: { 'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'Create', Flag: true },
  ...changes,
});

const publisherTo = (connectionString: string, entity: string): Publisher =>
  serviceBusPublisher(clientPool(1500, credentials()), { kind: 'key', connectionString }, entity, Date.now);

/** Every way the broker can refuse, and what it means. */
const conditions: readonly (readonly [condition: string, code: FailureCode, description?: string])[] = [
  ['amqp:not-found', 'EntityNotFound', "The messaging entity 'x' could not be found."],
  ['amqp:not-found', 'ConnectionFailed', 'The service was not found.'],
  ['com.microsoft:server-busy', 'Busy'],
  ['amqp:unauthorized-access', 'Unauthorized'],
  ['amqp:link:message-size-exceeded', 'MessageTooLarge'],
  ['amqp:resource-limit-exceeded', 'QuotaExceeded'],
  ['com.microsoft:timeout', 'TimedOut'],
  ['com.microsoft:entity-disabled', 'EntityDisabled'],
  ['com.microsoft:session-cannot-be-locked', 'Refused'],
  ['amqp:internal-error', 'BrokerFault'],
  ['com.microsoft:operation-cancelled', 'BrokerFault'],
  ['amqp:link:detach-forced', 'BrokerFault'],
  ['amqp:connection:forced', 'BrokerFault'],
  ['amqp:link:transfer-limit-exceeded', 'BrokerFault'],
  ['amqp:link:stolen', 'BrokerFault'],
  ['amqp:resource-deleted', 'EntityNotFound'],
  ['com.microsoft:container-close', 'Unknown'],
  ['com.example:never-heard-of', 'Unknown'],
  ['amqp:not-allowed', 'Refused'],
  ['com.microsoft:argument-error', 'Refused'],
  ['amqp:not-implemented', 'Refused'],
  ['amqp:precondition-failed', 'Refused'],
];

/** The broker's own text, where the meaning depends on it. */
const withText = (condition: string, description: string) =>
  description === '' ? { condition } : { condition, description };

const eachCondition = conditions.map(([condition, code, text = '']) => ({ condition, code, text }));

/** A fault, what it means, and how many copies are in the queue after that one call. */
const faults: readonly (readonly [name: string, rule: FaultRule, code: FailureCode, stored: number])[] = [
  ['the connection is reset', { where: 'connect', what: 'reset' }, 'ConnectionFailed', 0],
  ['the connection is dropped', { where: 'connect', what: 'drop' }, 'ConnectionFailed', 0],
  ['the connection is mute', { where: 'connect', what: 'mute' }, 'TimedOut', 0],
  [
    'the connection is closed by force',
    { where: 'open', what: 'close', condition: 'amqp:connection:forced' },
    'BrokerFault',
    0,
  ],
  ['the token is not answered', { where: 'cbs', what: 'mute' }, 'TimedOut', 0],
  ['the token is refused', { where: 'cbs', what: 'status', status: 401 }, 'Unauthorized', 0],
  ['the namespace is busy', { where: 'cbs', what: 'status', status: 503 }, 'Busy', 0],
  ['the link is not answered', { where: 'attach', what: 'mute' }, 'TimedOut', 0],
  ['the link gets no credit', { where: 'attach', what: 'noCredit' }, 'TimedOut', 0],
  ['the transfer is not answered', { where: 'transfer', what: 'mute' }, 'TimedOut', 0],
  ['the transfer is released', { where: 'transfer', what: 'release' }, 'NotStored', 0],
  ['the transfer is modified', { where: 'transfer', what: 'modify' }, 'NotStored', 0],
  ['the socket drops before the message is stored', { where: 'transfer', what: 'reset' }, 'TimedOut', 0],
  [
    'the socket drops after the message is stored',
    { where: 'transfer', when: 'after', what: 'reset' },
    'TimedOut',
    1,
  ],
  [
    'the link is detached after the message is stored',
    { where: 'transfer', when: 'after', what: 'detach', condition: 'amqp:link:detach-forced' },
    'TimedOut',
    1,
  ],
  ['the confirmation is lost', { where: 'transfer', when: 'after', what: 'mute' }, 'TimedOut', 1],
];

describe('posting to a Service Bus queue', () => {
  let bus: Bus;
  let publisher: Publisher;
  beforeEach(async () => {
    bus = await startBus({ queues: [{ name: path }, { name: 'other' }] });
    publisher = publisherTo(bus.connectionString, path);
  });
  afterEach(() => bus.close());

  const receiveAll = async () => {
    const client = new ServiceBusClient(bus.connectionString);
    const receiver = client.createReceiver(path, {
      receiveMode: 'receiveAndDelete',
      skipParsingBodyAsJson: true,
    });
    const messages = await receiver.receiveMessages(50, { maxWaitTimeInMs: 1000 });
    await client.close();
    return messages;
  };

  const inQueue = (): number | undefined => bus.queues.counts().find(({ name }) => name === path)?.active;

  it('delivers the bytes, the ids and the properties (M-1 to M-4)', async () => {
    const sent = message();
    expect(await publisher.publish(sent)).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
    const [received] = await receiveAll();
    expect(Buffer.compare(received?.body as Buffer, sent.body)).toBe(0);
    expect(received).toMatchObject({
      messageId: 'zzz-1',
      correlationId: 'c-1',
      contentType: 'application/json',
      applicationProperties: sent.applicationProperties,
    });
  });

  it('is one transfer for one call, even when the broker refuses (M-6)', async () => {
    bus.faults.put([
      { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy', howOften: 'always' },
    ]);
    expect(await publisher.publish(message())).toMatchObject({ code: 'Busy' });
    expect(bus.faults.hits).toHaveLength(1);
  });

  it.each(eachCondition)('rejected with $condition $text is $code', async ({ condition, code, text }) => {
    bus.faults.put([{ where: 'transfer', what: 'reject', ...withText(condition, text) }]);
    const failed = await publisher.publish(message());
    expect(failed).toMatchObject({ kind: 'failed', code });
    // Conditions for which the SDK has no name, and those it also names its own faults by, are not told (E-1).
    const { brokerAnswer } = failed;
    if (brokerAnswer !== undefined) expect(brokerAnswer.startsWith(`${condition}: `)).toBe(true);
    else expect(['ConnectionFailed', 'TimedOut', 'BrokerFault', 'Unknown']).toContain(code);
  });

  it.each(eachCondition)(
    'refused at the link with $condition $text is $code',
    async ({ condition, code, text }) => {
      bus.faults.put([{ where: 'attach', what: 'refuse', ...withText(condition, text) }]);
      expect(await publisher.publish(message())).toMatchObject({ kind: 'failed', code });
    },
  );

  it.each(faults)('when %s fails and works again on the next attempt', async (_name, rule, code, stored) => {
    bus.faults.put([rule]);
    expect(await publisher.publish(message())).toMatchObject({ kind: 'failed', code });
    expect(bus.faults.hits.length).toBeGreaterThan(0);
    expect(inQueue()).toBe(stored);
    expect(await publisher.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
    expect(inQueue()).toBe(stored + 1);
  });

  it('while nobody listens fails, and works again once somebody does', async () => {
    await publisher.publish(message());
    await bus.stopListening();
    expect(await publisher.publish(message())).toMatchObject({ kind: 'failed' });
    expect(await publisher.publish(message())).toMatchObject({ code: 'ConnectionFailed' });
    await bus.listen();
    expect(await publisher.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
  });

  it('with a name that is not resolved fails as a connection', async () => {
    const elsewhere = bus.connectionString.replace(/127\.0\.0\.1:\d+/, 'no-such-host.invalid');
    const lost = publisherTo(elsewhere, path);
    expect(await lost.publish(message())).toMatchObject({ code: 'ConnectionFailed' });
  });

  it('to a queue that is not there is EntityNotFound, and delivered once it is', async () => {
    const early = publisherTo(bus.connectionString, 'late-queue');
    expect(await early.publish(message())).toMatchObject({ code: 'EntityNotFound' });
    await bus.queues.put({ name: 'late-queue' });
    expect(await early.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
  });

  it('to a disabled queue is EntityDisabled', async () => {
    await bus.queues.put({ name: path, status: 'SendDisabled' });
    expect(await publisher.publish(message())).toMatchObject({ code: 'EntityDisabled' });
  });

  it('with a wrong key, or one without the Send right, is Unauthorized', async () => {
    const wrong = bus.connectionString.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=d3Jvbmc=');
    const key: AccessKey = { name: 'listener', rights: ['Listen'], primaryKey: 'bGlzdGVu' };
    await bus.queues.put({ name: path, keys: [key] });
    for (const connection of [wrong, bus.connectionStringFor({ key })]) {
      const denied = publisherTo(connection, path);
      expect(await denied.publish(message())).toMatchObject({ code: 'Unauthorized' });
    }
    expect(inQueue()).toBe(0);
  });

  it('to a full queue is QuotaExceeded', async () => {
    await bus.queues.put({ name: path, maxSizeBytes: 1 });
    await publisher.publish(message());
    expect(await publisher.publish(message({ messageId: 'zzz-2' }))).toMatchObject({ code: 'QuotaExceeded' });
  });

  it('of a message larger than the queue takes is MessageTooLarge', async () => {
    await bus.queues.put({ name: path, maxMessageBytes: 1024 });
    expect(await publisher.publish(message({ body: new Uint8Array(2000) }))).toMatchObject({
      code: 'MessageTooLarge',
    });
  });

  it('many at once through one link delivers each', async () => {
    const sent = Array.from({ length: 50 }, (_, n) => publisher.publish(message({ messageId: `zzz-${n}` })));
    expect((await Promise.all(sent)).every(({ kind }) => kind === 'delivered')).toBe(true);
    expect(new Set((await receiveAll()).map(({ messageId }) => messageId)).size).toBe(50);
  });

  it('carries session id, time to live and delay (M-12)', async () => {
    await bus.queues.put({ name: 'sessions', requiresSession: true });
    const toSessions = publisherTo(bus.connectionString, 'sessions');
    expect(await toSessions.publish(message({ sessionId: 'record-1', timeToLiveMs: 60_000 }))).toMatchObject({
      kind: 'delivered',
    });
    const client = new ServiceBusClient(bus.connectionString);
    const receiver = await client.acceptSession('sessions', 'record-1');
    const [received] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 2000 });
    expect(received).toMatchObject({ sessionId: 'record-1', timeToLive: 60_000 });
    await client.close();
    expect(await publisher.publish(message({ delayMs: 3_600_000 }))).toEqual({
      kind: 'delivered',
      brokerAnswer: 'accepted',
    });
    expect(bus.queues.counts().find(({ name }) => name === path)).toMatchObject({ active: 0, scheduled: 1 });
  });

  it('without a session id to a queue that demands one is Refused', async () => {
    await bus.queues.put({ name: 'sessions', requiresSession: true });
    const toSessions = publisherTo(bus.connectionString, 'sessions');
    expect(await toSessions.publish(message())).toMatchObject({ code: 'Refused' });
  });

  it('twice with one MessageId is stored once where the queue detects duplicates (M-2)', async () => {
    await bus.queues.put({ name: 'once', duplicateDetectionWindowMs: 600_000 });
    const once = publisherTo(bus.connectionString, 'once');
    bus.faults.put([{ where: 'transfer', when: 'after', what: 'reset' }]);
    expect(await once.publish(message())).toMatchObject({ code: 'TimedOut' });
    expect(await once.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
    expect(bus.queues.counts().find(({ name }) => name === 'once')).toMatchObject({ active: 1 });
  });
});
