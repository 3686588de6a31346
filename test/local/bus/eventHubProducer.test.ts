import { EventHubBufferedProducerClient } from '@azure/event-hubs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rootKey } from '../../../local/sas/rootKey.ts';
import { consumerOf, countsOf, producerOf, startWithHub } from './support/eventHubs.ts';
import { connectRaw } from './support/rawClient.ts';
import { failureOf } from './support/testBus.ts';

describe('a producer of an event hub', () => {
  it('learns the hub and its partitions', async () => {
    const { producer, clock } = await startWithHub();
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
    const test = await startWithHub();
    await test.producer.sendBatch([{ body: 1 }, { body: 2 }], { partitionId: '1' });
    expect(countsOf(test)).toEqual([0, 2]);
    for (const body of [3, 4]) await test.producer.sendBatch([{ body }]);
    expect(countsOf(test)).toEqual([1, 3]);
    const wrong = test.producer.sendBatch([{ body: 5 }], { partitionId: '7' });
    expect((await failureOf(wrong)).code).toBe('ArgumentOutOfRangeError');
  });

  it('keeps events with one key in one partition, the one that clients compute themselves', async () => {
    const test = await startWithHub({ partitions: 7 });
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
    const test = await startWithHub({ maxMessageBytes: 2000 });
    const batch = await test.producer.createBatch();
    expect(batch.maxSizeInBytes).toBe(2000);
    let added = 0;
    while (batch.tryAdd({ body: 'x'.repeat(300) })) added += 1;
    expect(added).toBeGreaterThan(3);
    await test.producer.sendBatch(batch);
    expect(countsOf(test)?.reduce((sum, count) => sum + count)).toBe(added);
    const large = test.producer.sendBatch([{ body: 'x'.repeat(2000) }]);
    expect((await failureOf(large)).code).toBe('MessageTooLargeError');
    expect((await (await startWithHub()).producer.createBatch()).maxSizeInBytes).toBe(1_048_576);
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
    const { producer, bus } = await startWithHub();
    bus.faults.put([{ where: 'transfer', what: 'reject', entity: 'events', condition }]);
    expect((await failureOf(producer.sendBatch([{ body: 1 }], { partitionId: '0' }))).code).toBe(code);
    await producer.sendBatch([{ body: 1 }]);
  });

  it('is refused where there is no hub, where it is disabled, and without the right', async () => {
    const { bus, connectionString } = await startWithHub({ status: 'Disabled' });
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
    const { producer, bus, connectionString } = await startWithHub();
    await producer.sendBatch([{ body: 1 }]);
    expect(await bus.eventHubs.remove('Events')).toBe(true);
    expect(await bus.eventHubs.remove('events')).toBe(false);
    const error = await failureOf(producerOf(connectionString).sendBatch([{ body: 1 }]));
    expect(error.code).toBe('MessagingEntityNotFoundError');
  });

  it('cannot be idempotent', async () => {
    const { bus } = await startWithHub();
    const raw = await connectRaw(bus.port);
    await raw.putToken('events');
    const refused = raw.openSender('events', { desired_capabilities: 'com.microsoft:idempotent-producer' });
    await expect(refused).rejects.toThrow('amqp:not-implemented');
  });
});

describe('an event hub', () => {
  it('may get more partitions, never fewer, and shares its name with nothing', async () => {
    const { bus, producer } = await startWithHub();
    await bus.eventHubs.put({ name: 'events', partitions: 3 });
    await producer.sendBatch([{ body: 1 }], { partitionId: '2' });
    await expect(bus.eventHubs.put({ name: 'events', partitions: 2 })).rejects.toThrow('cannot have fewer');
    await expect(bus.eventHubs.put({ name: 'Orders' })).rejects.toThrow('queue or topic called');
    await expect(bus.queues.put({ name: 'Events' })).rejects.toThrow('event hub called');
  });
});
