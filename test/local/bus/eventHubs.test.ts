import { EventHubBufferedProducerClient } from '@azure/event-hubs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rootKey } from '../../../local/sas/rootKey.ts';
import type { HubOptions } from '../../../local/bus/hubs/hubSettings.ts';
import { bodiesIn, consumerOf, earliest, producerOf, watch } from './support/eventHubs.ts';
import { connectRaw } from './support/rawClient.ts';
import { failureOf, startTestBus } from './support/testBus.ts';

const start = async (options: Partial<HubOptions> = {}) => {
  const test = await startTestBus({ eventHubs: [{ name: 'events', partitions: 2, ...options }] });
  const { connectionString } = test.bus;
  return { ...test, connectionString, producer: producerOf(connectionString) };
};

const countsOf = ({ bus }: Awaited<ReturnType<typeof start>>) =>
  bus.eventHubs.counts()[0]?.partitions.map(({ events }) => events);

describe('a producer of an event hub', () => {
  it('learns the hub and its partitions', async () => {
    const { producer, clock } = await start();
    const before = Date.now();
    await producer.sendBatch([{ body: 'x' }], { partitionId: '1' });
    expect(await producer.getEventHubProperties()).toMatchObject({
      name: 'events',
      partitionIds: ['0', '1'],
    });
    expect(await producer.getPartitionProperties('0')).toMatchObject({
      isEmpty: true,
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: -1,
      lastEnqueuedOffset: '-1',
    });
    const second = await producer.getPartitionProperties('1');
    expect(second).toMatchObject({
      eventHubName: 'events',
      partitionId: '1',
      isEmpty: false,
      beginningSequenceNumber: 0,
      lastEnqueuedSequenceNumber: 0,
      lastEnqueuedOffset: '0',
    });
    expect(second.lastEnqueuedOnUtc.getTime()).toBeGreaterThanOrEqual(before);
    expect(second.lastEnqueuedOnUtc.getTime()).toBeLessThanOrEqual(clock.now());
    expect((await failureOf(producer.getPartitionProperties('2'))).code).toBe('ArgumentOutOfRangeError');
  });

  it('sends to a partition, and in turn to all of them', async () => {
    const test = await start();
    await test.producer.sendBatch([{ body: 1 }, { body: 2 }], { partitionId: '1' });
    expect(countsOf(test)).toEqual([0, 2]);
    for (const body of [3, 4]) await test.producer.sendBatch([{ body }]);
    expect(countsOf(test)).toEqual([1, 3]);
    const wrong = test.producer.sendBatch([{ body: 5 }], { partitionId: '7' });
    expect((await failureOf(wrong)).code).toBe('ArgumentOutOfRangeError');
  });

  it('keeps events with one key in one partition, the one that clients compute themselves', async () => {
    const test = await start({ partitions: 7 });
    const keys = [
      '',
      'a',
      'account',
      '7f2b6b1e-25c7-4c7c-a9a3-0cbd0ad3f36b',
      'exactly12chr',
      'größer als',
      'x'.repeat(25),
    ];
    const buffered = new EventHubBufferedProducerClient(test.connectionString, 'events', {
      maxWaitTimeInMs: 10,
      onSendEventsErrorHandler: () => undefined,
    });
    onTestFinished(() => buffered.close());
    for (const key of keys.filter((each) => each !== '')) {
      const before = countsOf(test);
      await test.producer.sendBatch([{ body: 1 }, { body: 2 }], { partitionKey: key });
      await buffered.enqueueEvent({ body: 3 }, { partitionKey: key });
      await buffered.flush();
      const added = countsOf(test)?.map((count, index) => count - (before?.[index] ?? 0));
      expect({ key, added: added?.filter((count) => count > 0) }).toEqual({ key, added: [3] });
    }
  });

  it('fills batches up to the limit of the hub', async () => {
    const test = await start({ maxMessageBytes: 2000 });
    const batch = await test.producer.createBatch();
    expect(batch.maxSizeInBytes).toBe(2000);
    let added = 0;
    while (batch.tryAdd({ body: 'x'.repeat(300) })) added += 1;
    expect(added).toBeGreaterThan(3);
    await test.producer.sendBatch(batch);
    expect(countsOf(test)?.reduce((sum, count) => sum + count)).toBe(added);
    const large = test.producer.sendBatch([{ body: 'x'.repeat(2000) }]);
    expect((await failureOf(large)).code).toBe('MessageTooLargeError');
    expect((await (await start()).producer.createBatch()).maxSizeInBytes).toBe(1_048_576);
  });

  it.each([
    ['com.microsoft:server-busy', 'ServerBusyError'],
    ['amqp:resource-limit-exceeded', 'QuotaExceededError'],
    ['com.microsoft:timeout', 'ServiceUnavailableError'],
    ['amqp:internal-error', 'InternalServerError'],
    ['com.microsoft:operation-cancelled', 'OperationCancelledError'],
    ['com.microsoft:entity-disabled', 'MessagingEntityDisabledError'],
    ['amqp:not-allowed', 'InvalidOperationError'],
    ['com.microsoft:argument-error', 'ArgumentError'],
    ['com.microsoft:publisher-revoked', 'PublisherRevokedError'],
    ['amqp:unauthorized-access', 'UnauthorizedError'],
  ])('sees %s of a fault as %s', async (condition, code) => {
    const { producer, bus } = await start();
    bus.faults.put([{ where: 'transfer', what: 'reject', entity: 'events', condition }]);
    expect((await failureOf(producer.sendBatch([{ body: 1 }], { partitionId: '0' }))).code).toBe(code);
    await producer.sendBatch([{ body: 1 }]);
  });

  it('is refused where there is no hub, where it is disabled, and without the right', async () => {
    const { bus, connectionString } = await start({ status: 'Disabled' });
    const send = (text: string, hub?: string) => failureOf(producerOf(text, hub).sendBatch([{ body: 1 }]));
    expect((await send(connectionString, 'nowhere')).code).toBe('MessagingEntityNotFoundError');
    expect((await send(connectionString)).code).toBe('MessagingEntityDisabledError');
    const key = { ...rootKey, name: 'hub', rights: ['Listen'], primaryKey: 'of the hub' } as const;
    await bus.eventHubs.put({ name: 'events', partitions: 2, keys: [key] });
    const wrong = bus.connectionStringFor({ key: { ...key, primaryKey: 'wrong' } });
    expect((await send(wrong)).code).toBe('UnauthorizedError');
    const listener = bus.connectionStringFor({ key });
    expect((await send(listener)).message).toContain("'Send' claim(s) are required");
    expect((await consumerOf(listener).getEventHubProperties()).name).toBe('events');
  });

  it('is cut off when the hub is deleted', async () => {
    const { producer, bus, connectionString } = await start();
    await producer.sendBatch([{ body: 1 }]);
    expect(await bus.eventHubs.remove('Events')).toBe(true);
    expect(await bus.eventHubs.remove('events')).toBe(false);
    const error = await failureOf(producerOf(connectionString).sendBatch([{ body: 1 }]));
    expect(error.code).toBe('MessagingEntityNotFoundError');
  });

  it('cannot be idempotent', async () => {
    const { bus } = await start();
    const raw = await connectRaw(bus.port);
    await raw.putToken('events');
    const refused = raw.openSender('events', { desired_capabilities: 'com.microsoft:idempotent-producer' });
    await expect(refused).rejects.toThrow('amqp:not-implemented');
  });
});

describe('a consumer of an event hub', () => {
  it('gets what was sent, and what is sent while it watches', async () => {
    const { producer, connectionString } = await start();
    await producer.sendBatch(
      [
        {
          body: { n: 1 },
          properties: { kind: 'a', count: 2 },
          messageId: 'id',
          contentType: 'application/json',
        },
      ],
      { partitionKey: 'key' },
    );
    const seen = watch(consumerOf(connectionString), earliest);
    await expect.poll(() => bodiesIn(seen)).toEqual([{ n: 1 }]);
    expect(seen.events[0]).toMatchObject({
      properties: { kind: 'a', count: 2 },
      messageId: 'id',
      contentType: 'application/json',
      partitionKey: 'key',
      sequenceNumber: 0,
      offset: '0',
      systemProperties: {},
    });
    await producer.sendBatch([{ body: 'live' }]);
    await expect.poll(() => bodiesIn(seen)).toEqual([{ n: 1 }, 'live']);
    expect(seen.errors).toEqual([]);
  });

  it('starts where it says', async () => {
    const { producer, connectionString, clock } = await start({ consumerGroups: ['others'] });
    const send = (body: string) => producer.sendBatch([{ body }], { partitionId: '0' });
    await send('first');
    clock.advance(60_000);
    await send('second');
    await send('third');
    const consumer = consumerOf(connectionString);
    const all = watch(consumer, earliest, { partition: '0' });
    await expect.poll(() => all.events.length).toBe(3);
    const [first, second] = all.events;
    if (first === undefined || second === undefined) throw new Error('Too few.');
    const starts = [
      { offset: first.offset },
      { offset: second.offset, isInclusive: true },
      { sequenceNumber: 0 },
      { sequenceNumber: 1, isInclusive: true },
      { enqueuedOn: first.enqueuedTimeUtc },
    ];
    for (const position of starts) {
      const seen = watch(consumerOf(connectionString, 'others'), position, { partition: '0' });
      await expect.poll(() => bodiesIn(seen)).toEqual(['second', 'third']);
    }
    const latest = watch(consumerOf(connectionString), { offset: '@latest' }, { partition: '0' });
    // Whatever comes before it watches is not seen, so that some may be missing at the start.
    await expect
      .poll(async () => {
        await send('more');
        return latest.events.length;
      })
      .toBeGreaterThan(0);
    expect(new Set(bodiesIn(latest))).toEqual(new Set(['more']));
  });

  it('reads each partition in order and takes nothing from others', async () => {
    const { producer, connectionString } = await start({ consumerGroups: ['second'] });
    const bodies = Array.from({ length: 1500 }, (_, n) => n);
    for (let from = 0; from < bodies.length; from += 250) {
      const events = bodies.slice(from, from + 250).map((body) => ({ body }));
      await producer.sendBatch(events, { partitionId: '0' });
    }
    for (const group of ['$Default', '$default', 'Second']) {
      const seen = watch(consumerOf(connectionString, group), earliest, {
        partition: '0',
        maxBatchSize: 500,
      });
      await expect.poll(() => seen.events.length, { timeout: 10_000 }).toBe(bodies.length);
      expect(bodiesIn(seen)).toEqual(bodies);
    }
  });

  it('is refused in a group and at a partition that is not there', async () => {
    const { connectionString } = await start();
    const group = watch(consumerOf(connectionString, 'nobody'), earliest, { partition: '0' });
    await expect.poll(() => group.errors[0]?.code).toBe('MessagingEntityNotFoundError');
    const partition = watch(consumerOf(connectionString), earliest, { partition: '9' });
    await expect.poll(() => partition.errors[0]?.code).toBe('ArgumentOutOfRangeError');
  });

  it('gives way to one with a higher owner level, and cannot come below it', async () => {
    const { producer, connectionString } = await start();
    await producer.sendBatch([{ body: 1 }], { partitionId: '0' });
    const at = (ownerLevel?: number) =>
      watch(consumerOf(connectionString), earliest, {
        partition: '0',
        ...(ownerLevel !== undefined && { ownerLevel }),
      });
    const shared = at();
    await expect.poll(() => bodiesIn(shared)).toEqual([1]);
    const owner = at(1);
    await expect.poll(() => shared.errors[0]?.code).toBe('ReceiverDisconnectedError');
    await expect.poll(() => bodiesIn(owner)).toEqual([1]);
    const below = [at(0), at()];
    for (const each of below) {
      await expect.poll(() => each.errors[0]?.code).toBe('ReceiverDisconnectedError');
    }
    const same = at(1);
    await expect.poll(() => bodiesIn(same)).toEqual([1]);
    await expect.poll(() => owner.errors[0]?.code).toBe('ReceiverDisconnectedError');
    expect(same.errors).toEqual([]);
  });

  it('shares a partition with four others of its group', async () => {
    const { producer, connectionString } = await start();
    await producer.sendBatch([{ body: 1 }], { partitionId: '0' });
    for (let reader = 0; reader < 5; reader += 1) {
      const seen = watch(consumerOf(connectionString), earliest, { partition: '0' });
      await expect.poll(() => bodiesIn(seen)).toEqual([1]);
    }
    const sixth = watch(consumerOf(connectionString), earliest, { partition: '0' });
    await expect.poll(() => sixth.errors[0]?.code).toBe('QuotaExceededError');
  });

  it('does not see what is older than the retention time, or one too many', async () => {
    const test = await start({ partitions: 1, retentionMs: 60_000, maxEventsPerPartition: 2 });
    const send = (body: number) => test.producer.sendBatch([{ body }]);
    for (const body of [1, 2, 3]) await send(body);
    const seen = watch(consumerOf(test.connectionString), earliest);
    await expect.poll(() => bodiesIn(seen)).toEqual([2, 3]);
    expect(await test.producer.getPartitionProperties('0')).toMatchObject({
      beginningSequenceNumber: 1,
      lastEnqueuedSequenceNumber: 2,
    });
    test.clock.advance(60_000);
    expect(await test.producer.getPartitionProperties('0')).toMatchObject({
      isEmpty: true,
      lastEnqueuedSequenceNumber: 2,
    });
    await send(4);
    const later = watch(consumerOf(test.connectionString), earliest);
    await expect.poll(() => bodiesIn(later)).toEqual([4]);
    expect(later.events[0]?.sequenceNumber).toBe(3);
  });
});

describe('an event hub', () => {
  it('may get more partitions, never fewer, and shares its name with nothing', async () => {
    const { bus, producer } = await start();
    await bus.eventHubs.put({ name: 'events', partitions: 3 });
    await producer.sendBatch([{ body: 1 }], { partitionId: '2' });
    await expect(bus.eventHubs.put({ name: 'events', partitions: 2 })).rejects.toThrow('cannot have fewer');
    await expect(bus.eventHubs.put({ name: 'Orders' })).rejects.toThrow('queue or topic called');
    await expect(bus.queues.put({ name: 'Events' })).rejects.toThrow('event hub called');
  });
});
