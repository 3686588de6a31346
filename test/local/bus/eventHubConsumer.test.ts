import { describe, expect, it } from 'vitest';
import { bodiesIn, consumerOf, earliest, startWithHub, watch } from './support/eventHubs.ts';

describe('a consumer of an event hub', () => {
  it('gets what was sent, and what is sent while it watches', async () => {
    const { producer, connectionString } = await startWithHub();
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
    const { producer, connectionString, clock } = await startWithHub({ consumerGroups: ['others'] });
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
    const { producer, connectionString } = await startWithHub({ consumerGroups: ['second'] });
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
    const { connectionString } = await startWithHub();
    const group = watch(consumerOf(connectionString, 'nobody'), earliest, { partition: '0' });
    await expect.poll(() => group.errors[0]?.code).toBe('MessagingEntityNotFoundError');
    const partition = watch(consumerOf(connectionString), earliest, { partition: '9' });
    await expect.poll(() => partition.errors[0]?.code).toBe('ArgumentOutOfRangeError');
  });

  it('gives way to one with a higher owner level, and cannot come below it', async () => {
    const { producer, connectionString } = await startWithHub();
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
    const { producer, connectionString } = await startWithHub();
    await producer.sendBatch([{ body: 1 }], { partitionId: '0' });
    for (let reader = 0; reader < 5; reader += 1) {
      const seen = watch(consumerOf(connectionString), earliest, { partition: '0' });
      await expect.poll(() => bodiesIn(seen)).toEqual([1]);
    }
    const sixth = watch(consumerOf(connectionString), earliest, { partition: '0' });
    await expect.poll(() => sixth.errors[0]?.code).toBe('QuotaExceededError');
  });

  it('does not see what is older than the retention time, or one too many', async () => {
    const test = await startWithHub({ partitions: 1, retentionMs: 60_000, maxEventsPerPartition: 2 });
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
