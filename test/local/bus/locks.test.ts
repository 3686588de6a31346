import { describe, expect, it } from 'vitest';
import { failureOf, receive, receiverOf, startTestBus } from './support/testBus.ts';

const lockDurationMs = 30_000;

const withOneMessage = async () => {
  const test = await startTestBus({ queues: [{ name: 'orders', lockDurationMs, maxDeliveryCount: 2 }] });
  await test.client.createSender('orders').sendMessages({ body: 'x' });
  const receiver = receiverOf(test.client);
  return { ...test, receiver, message: (await receive(receiver))[0] };
};

describe('a lock', () => {
  it('gives the message back when it expires, and counts a delivery', async () => {
    const { receiver, clock } = await withOneMessage();
    clock.advance(lockDurationMs);
    expect((await receive(receiver))[0]).toMatchObject({ body: 'x', deliveryCount: 1 });
  });

  it('cannot be used to settle after it has expired', async () => {
    const { bus, receiver, message, clock } = await withOneMessage();
    clock.advance(lockDurationMs);
    const error = await failureOf(receiver.completeMessage(message));
    expect(error).toMatchObject({ code: 'MessageLockLost', retryable: false });
    expect(error.message).toContain('The lock supplied is invalid.');
    expect(bus.queues.counts()).toMatchObject([{ active: 1, locked: 0 }]);
  });

  it('starts anew when it is renewed', async () => {
    const { bus, receiver, message, clock } = await withOneMessage();
    clock.advance(lockDurationMs - 1000);
    const until = await receiver.renewMessageLock(message);
    expect(until.getTime()).toBeGreaterThan(
      (message.enqueuedTimeUtc?.getTime() ?? 0) + 2 * lockDurationMs - 2000,
    );
    clock.advance(lockDurationMs - 1000);
    expect(bus.queues.counts()).toMatchObject([{ locked: 1 }]);
    await receiver.completeMessage(message);
    expect(bus.queues.counts()).toMatchObject([{ active: 0 }]);
  });

  it('cannot be renewed after it has expired', async () => {
    const { receiver, message, clock } = await withOneMessage();
    clock.advance(lockDurationMs);
    expect((await failureOf(receiver.renewMessageLock(message))).code).toBe('MessageLockLost');
  });

  it('dead-letters the message when it expires too often', async () => {
    const { client, receiver, clock, bus } = await withOneMessage();
    clock.advance(lockDurationMs);
    await receive(receiver);
    clock.advance(lockDurationMs);
    expect(bus.queues.counts()).toMatchObject([{ active: 0, deadLetter: 1 }]);
    const [dead] = await receive(receiverOf(client, 'orders', { subQueueType: 'deadLetter' }));
    expect(dead.deadLetterReason).toBe('MaxDeliveryCountExceeded');
  });

  it('that expires does not free messages locked later', async () => {
    const { client, receiver, clock, bus } = await withOneMessage();
    clock.advance(20_000);
    await client.createSender('orders').sendMessages({ body: 'second' });
    const [second] = await receive(receiver);
    clock.advance(20_000);
    expect(bus.queues.counts()).toMatchObject([{ active: 2, locked: 1 }]);
    await receiver.completeMessage(second);
  });

  it('of a dead letter works as any other, without end', async () => {
    const { client, receiver, message, clock } = await withOneMessage();
    await receiver.deadLetterMessage(message);
    const dead = receiverOf(client, 'orders', { subQueueType: 'deadLetter' });
    for (let delivery = 0; delivery < 4; delivery += 1) {
      expect((await receive(dead))[0].deliveryCount).toBe(delivery);
      clock.advance(lockDurationMs);
    }
  });
});
