import { EventHubConsumerClient, earliestEventPosition, type ReceivedEventData } from '@azure/event-hubs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../local/bus/faults/faultRule.ts';
import { startBus, type Bus } from '../../local/bus/startBus.ts';
import { credentials } from '../../shared/azure/credentials.ts';
import { eventHubPublisher } from '../../shared/azure/eventHubs/eventHubPublisher.ts';
import { producerPool } from '../../shared/azure/eventHubs/producerPool.ts';
import type { Publisher } from '../../shared/delivery/delivery.ts';
import type { FailureCode } from '../../shared/delivery/failureCatalogue.ts';
import type { OutgoingMessage } from '../../shared/message/outgoingMessage.ts';

const hub = 'dataverse-hub';

const message = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  messageId: 'zzz-1',
  correlationId: 'c-1',
  contentType: 'application/json',
  body: new TextEncoder().encode('{"decimal":1.10,"long":9007199254740993}'),
  applicationProperties: { 'http://schemas.microsoft.com/xrm/2011/Claims/RequestName': 'Create', Flag: true },
  partitionKey: 'c0ffee00-0000-4000-8000-000000000001',
  ...changes,
});

/** Every way the broker can refuse, and what it means. */
const conditions: readonly (readonly [condition: string, code: FailureCode, text?: string])[] = [
  ['amqp:not-found', 'EntityNotFound', "The messaging entity 'x' could not be found."],
  ['amqp:not-found', 'ConnectionFailed', 'The service was not found.'],
  ['com.microsoft:server-busy', 'Busy'],
  ['amqp:unauthorized-access', 'Unauthorized'],
  ['amqp:link:message-size-exceeded', 'MessageTooLarge'],
  ['amqp:resource-limit-exceeded', 'QuotaExceeded'],
  ['com.microsoft:timeout', 'TimedOut'],
  ['com.microsoft:entity-disabled', 'EntityDisabled'],
  ['amqp:internal-error', 'BrokerFault'],
  ['com.microsoft:operation-cancelled', 'BrokerFault'],
  ['amqp:link:stolen', 'BrokerFault'],
  ['com.microsoft:publisher-revoked', 'Unauthorized'],
  ['com.example:never-heard-of', 'Unknown'],
  ['amqp:not-allowed', 'Refused'],
  ['com.microsoft:argument-error', 'Refused'],
];

const eachCondition = conditions.map(([condition, code, text = '']) => ({ condition, code, text }));

/** A fault, what it means, and how many copies are in the hub after that one call. */
const faults: readonly (readonly [name: string, rule: FaultRule, code: FailureCode, stored: number])[] = [
  ['the connection is reset', { where: 'connect', what: 'reset' }, 'ConnectionFailed', 0],
  ['the connection is mute', { where: 'connect', what: 'mute' }, 'TimedOut', 0],
  ['the token is not answered', { where: 'cbs', what: 'mute' }, 'TimedOut', 0],
  ['the token is refused', { where: 'cbs', what: 'status', status: 401 }, 'Unauthorized', 0],
  ['the link is not answered', { where: 'attach', what: 'mute' }, 'TimedOut', 0],
  ['the transfer is not answered', { where: 'transfer', what: 'mute' }, 'TimedOut', 0],
  ['the transfer is released', { where: 'transfer', what: 'release' }, 'NotStored', 0],
  [
    'the socket drops after the event is stored',
    { where: 'transfer', when: 'after', what: 'reset' },
    'TimedOut',
    1,
  ],
];

describe('posting to an Event Hub', () => {
  let bus: Bus;
  let publisher: Publisher;
  const publisherTo = (name: string, connectionString = bus.connectionString): Publisher =>
    eventHubPublisher(producerPool(1500, credentials()), { kind: 'key', connectionString }, name, 1500);
  beforeEach(async () => {
    bus = await startBus({ eventHubs: [{ name: hub, partitions: 4 }] });
    publisher = publisherTo(hub);
  });
  afterEach(() => bus.close());

  const inHub = (): number | undefined => bus.eventHubs.counts().find(({ name }) => name === hub)?.events;

  const readAll = async (count: number): Promise<ReceivedEventData[]> => {
    const client = new EventHubConsumerClient('$Default', bus.connectionString, hub);
    const events: ReceivedEventData[] = [];
    await new Promise<void>((resolve) => {
      client.subscribe(
        {
          processEvents: async (more) => {
            events.push(...more);
            if (events.length >= count) resolve();
          },
          processError: async () => undefined,
        },
        { startPosition: earliestEventPosition, skipParsingBodyAsJson: true, maxWaitTimeInSeconds: 1 },
      );
    });
    await client.close();
    return events;
  };

  it('delivers the bytes, the ids, the properties and the partition key (M-1 to M-4, M-12)', async () => {
    const sent = message();
    expect(await publisher.publish(sent)).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
    const [event] = await readAll(1);
    expect(Buffer.compare(event?.body as Buffer, sent.body)).toBe(0);
    expect(event).toMatchObject({
      messageId: 'zzz-1',
      correlationId: 'c-1',
      contentType: 'application/json',
      partitionKey: 'c0ffee00-0000-4000-8000-000000000001',
      properties: sent.applicationProperties,
    });
  });

  it('keeps events of one partition key in order, in one partition', async () => {
    for (let n = 0; n < 5; n += 1) await publisher.publish(message({ messageId: `zzz-${n}` }));
    expect((await readAll(5)).map(({ messageId }) => messageId)).toEqual(
      [0, 1, 2, 3, 4].map((n) => `zzz-${n}`),
    );
  });

  it.each(eachCondition)('refused with $condition is $code ($text)', async ({ condition, code, text }) => {
    bus.faults.put([
      {
        where: 'transfer',
        what: 'reject',
        condition,
        ...(text === '' ? {} : { description: text }),
      },
    ]);
    expect(await publisher.publish(message())).toMatchObject({ kind: 'failed', code });
    expect(inHub()).toBe(0);
    expect(await publisher.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
  });

  it.each(faults)('when %s', async (_name, rule, code, stored) => {
    bus.faults.put([rule]);
    expect(await publisher.publish(message())).toMatchObject({ kind: 'failed', code });
    expect(inHub()).toBe(stored);
    expect(await publisher.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
  });

  it('to a namespace that cannot be reached, or found, is ConnectionFailed', async () => {
    await bus.stopListening();
    expect(await publisher.publish(message())).toMatchObject({ code: 'ConnectionFailed' });
    await bus.listen();
    expect(await publisher.publish(message())).toEqual({ kind: 'delivered', brokerAnswer: 'accepted' });
    const elsewhere = bus.connectionString.replace(/127\.0\.0\.1:\d+/, 'no-such-host.invalid');
    expect(await publisherTo(hub, elsewhere).publish(message())).toMatchObject({ code: 'ConnectionFailed' });
  });

  it('that is not there is EntityNotFound, that is disabled EntityDisabled', async () => {
    expect(await publisherTo('nowhere').publish(message())).toMatchObject({ code: 'EntityNotFound' });
    await bus.eventHubs.put({ name: hub, status: 'SendDisabled' });
    expect(await publisherTo(hub).publish(message())).toMatchObject({ code: 'EntityDisabled' });
  });

  it('with a wrong key is Unauthorized', async () => {
    const wrong = bus.connectionString.replace(/SharedAccessKey=[^;]+/, 'SharedAccessKey=d3Jvbmc=');
    expect(await publisherTo(hub, wrong).publish(message())).toMatchObject({ code: 'Unauthorized' });
  });

  it('of an event larger than the hub takes is MessageTooLarge', async () => {
    await bus.eventHubs.put({ name: hub, maxMessageBytes: 1024 });
    const large = message({ body: new Uint8Array(2000) });
    expect(await publisher.publish(large)).toMatchObject({ code: 'MessageTooLarge' });
  });

  it('many at once delivers each', async () => {
    const sent = Array.from({ length: 50 }, (_, n) =>
      publisher.publish(message({ messageId: `zzz-${n}`, partitionKey: `key-${n}` })),
    );
    expect((await Promise.all(sent)).every(({ kind }) => kind === 'delivered')).toBe(true);
    expect(inHub()).toBe(50);
  });
});
