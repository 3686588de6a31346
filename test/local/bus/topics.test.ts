import { describe, expect, it } from 'vitest';
import { rootKey } from '../../../local/sas/rootKey.ts';
import { connect, failureOf, receive, receiverOf } from './support/testBus.ts';
import { bodiesOf, filtered, publish, startWithTopic, subscriber } from './support/topics.ts';

describe('a topic', () => {
  it('gives every subscription a copy of its own', async () => {
    const { client, bus } = await startWithTopic([{ name: 'a' }, { name: 'b' }]);
    await publish(client, { body: 1, messageId: 'one', applicationProperties: { n: 1 } }, { body: 2 });
    const [first] = await receive(subscriber(client, 'a'), 2);
    expect(first).toMatchObject({ body: 1, messageId: 'one', applicationProperties: { n: 1 } });
    expect(first.sequenceNumber?.toNumber()).toBe(1);
    await subscriber(client, 'a').completeMessage(first);
    expect(bus.topics.counts()).toMatchObject([
      {
        name: 'news',
        acceptedTransfers: 1,
        acceptedMessages: 2,
        subscriptions: [
          { name: 'a', active: 1, locked: 1 },
          { name: 'b', active: 2, locked: 0 },
        ],
      },
    ]);
    expect(bus.queues.counts().map(({ name }) => name)).toEqual(['orders']);
  });

  it('drops what no subscription wants, and tells the sender that it was accepted', async () => {
    const { client, bus } = await startWithTopic([filtered('none', { type: 'false' })]);
    await publish(client, { body: 1 });
    expect(bus.topics.counts()).toMatchObject([{ acceptedMessages: 1, subscriptions: [{ active: 0 }] }]);
    const alone = await startWithTopic([]);
    await publish(alone.client, { body: 1 });
  });

  it('gives one copy for two rules that match', async () => {
    const rules = ['one', 'two'].map((name) => ({ name, filter: { type: 'true' as const } }));
    const { client } = await startWithTopic([{ name: 'a', rules }]);
    await publish(client, { body: 1 });
    expect(await bodiesOf(client, 'a')).toEqual([1]);
  });

  it('gives nothing to a subscription without rules', async () => {
    const { client } = await startWithTopic([{ name: 'a', rules: [] }, { name: 'b' }]);
    await publish(client, { body: 1 });
    expect([await bodiesOf(client, 'a'), await bodiesOf(client, 'b')]).toEqual([[], [1]]);
  });

  it('matches scheduled messages when their time has come', async () => {
    const { client, bus, clock } = await startWithTopic([{ name: 'a' }]);
    const sender = client.createSender('news');
    const due = new Date(Date.now() + 60_000);
    const [cancelled, kept] = await sender.scheduleMessages([{ body: 'no' }, { body: 'yes' }], due);
    if (cancelled === undefined || kept === undefined) throw new Error('Too few.');
    await sender.cancelScheduledMessages(cancelled);
    expect(bus.topics.counts()).toMatchObject([{ scheduled: 1, subscriptions: [{ active: 0 }] }]);
    await bus.topics.putSubscription('news', { name: 'late' });
    clock.advance(60_000);
    await expect.poll(() => bus.topics.counts()[0]?.subscriptions[1]?.active).toBe(1);
    expect(await bodiesOf(client, 'a')).toEqual(['yes']);
    expect(bus.topics.counts()).toMatchObject([{ scheduled: 0 }]);
  });

  it('drops duplicates', async () => {
    const { client, bus, clock } = await startWithTopic([{ name: 'a' }], {
      duplicateDetectionWindowMs: 60_000,
    });
    for (const body of [1, 2]) await publish(client, { body, messageId: 'same' });
    clock.advance(60_001);
    await publish(client, { body: 3, messageId: 'same' });
    expect(await bodiesOf(client, 'a')).toEqual([1, 3]);
    expect(bus.topics.counts()).toMatchObject([{ droppedDuplicates: 1 }]);
  });

  it('takes the shortest time to live of message, topic and subscription', async () => {
    const { client, clock } = await startWithTopic(
      [
        { name: 'short', defaultTimeToLiveMs: 1000, deadLetterOnExpiration: true },
        { name: 'long', defaultTimeToLiveMs: 9000 },
      ],
      { defaultTimeToLiveMs: 5000 },
    );
    await publish(client, { body: 'x' });
    clock.advance(1001);
    const dead = client.createReceiver('news', 'short', { subQueueType: 'deadLetter' });
    expect((await receive(dead))[0].deadLetterReason).toBe('TTLExpiredException');
    expect(await bodiesOf(client, 'long')).toEqual(['x']);
    clock.advance(5000);
    expect(await bodiesOf(client, 'long')).toEqual([]);
  });

  it('has a limit of its own to the size of messages and of all it keeps', async () => {
    const { client } = await startWithTopic([{ name: 'a' }], { maxMessageBytes: 1000, maxSizeBytes: 1500 });
    const sender = client.createSender('news');
    expect((await failureOf(sender.sendMessages({ body: 'x'.repeat(1000) }))).code).toBe(
      'MessageSizeExceeded',
    );
    await sender.sendMessages({ body: 'x'.repeat(800) });
    expect((await failureOf(sender.sendMessages({ body: 'x'.repeat(800) }))).code).toBe('QuotaExceeded');
  });

  it('can be disabled', async () => {
    const { client } = await startWithTopic([{ name: 'a' }], { status: 'Disabled' });
    expect((await failureOf(publish(client, { body: 1 }))).code).toBe('MessagingEntityDisabled');
  });

  it('is sent to, its subscriptions are received from, and never the other way round', async () => {
    const { client } = await startWithTopic([{ name: 'a' }]);
    const wrongWay = client.createSender('news/Subscriptions/a').sendMessages({ body: 1 });
    expect((await failureOf(wrongWay)).message).toContain('cannot be sent to a subscription');
    const receiver = receiverOf(client, 'news');
    expect((await failureOf(receiver.receiveMessages(1))).message).toContain('received from a topic');
    expect((await failureOf(receiver.peekMessages(1))).message).toContain('received from a topic');
    const missing = subscriber(client, 'missing').receiveMessages(1);
    expect((await failureOf(missing)).code).toBe('MessagingEntityNotFound');
  });

  it('is deleted with its subscriptions', async () => {
    const { client, bus } = await startWithTopic([{ name: 'a' }]);
    await expect(bus.queues.put({ name: 'News' })).rejects.toThrow("There is a topic called 'News' already.");
    expect(await bus.queues.remove('news')).toBe(false);
    expect(await bus.topics.remove('news')).toBe(true);
    expect((await failureOf(publish(client, { body: 1 }))).code).toBe('MessagingEntityNotFound');
    await bus.topics.put({ name: 'news', subscriptions: [{ name: 'a' }] });
    await publish(client, { body: 2 });
    expect(await bodiesOf(client, 'a')).toEqual([2]);
    expect(await bus.topics.removeSubscription('news', 'a')).toBe(true);
    expect(await bus.topics.removeSubscription('news', 'a')).toBe(false);
    await expect(bus.topics.putSubscription('nowhere', { name: 'a' })).rejects.toThrow('no topic');
  });

  it('opens its subscriptions to its own keys', async () => {
    const key = { ...rootKey, name: 'news-only', primaryKey: 'a key of the topic' };
    const test = await startWithTopic([{ name: 'a' }], {
      keys: [
        { ...key, rights: ['Send'] },
        { ...key, name: 'listener', rights: ['Listen'] },
      ],
    });
    const clientOf = (name: string) =>
      connect(test.bus.connectionStringFor({ key: { ...key, name }, entityPath: 'news' }));
    await publish(clientOf('news-only'), { body: 1 });
    expect(await bodiesOf(clientOf('listener'), 'a')).toEqual([1]);
    expect((await failureOf(publish(clientOf('listener'), { body: 1 }))).code).toBe('UnauthorizedAccess');
    const notAllowed = subscriber(clientOf('news-only'), 'a').receiveMessages(1);
    expect((await failureOf(notAllowed)).code).toBe('UnauthorizedAccess');
  });

  it('is struck by faults that name it, and so are its subscriptions', async () => {
    const { client, bus } = await startWithTopic([{ name: 'a' }, { name: 'b' }]);
    bus.faults.put([
      { where: 'transfer', what: 'reject', entity: 'NEWS', condition: 'com.microsoft:server-busy' },
      {
        where: 'attach',
        what: 'refuse',
        entity: 'news/subscriptions/a',
        condition: 'com.microsoft:entity-disabled',
      },
    ]);
    expect((await failureOf(publish(client, { body: 1 }))).code).toBe('ServiceBusy');
    await publish(client, { body: 2 });
    expect((await failureOf(subscriber(client, 'a').receiveMessages(1))).code).toBe(
      'MessagingEntityDisabled',
    );
    expect(await bodiesOf(client, 'b')).toEqual([2]);
  });
});
