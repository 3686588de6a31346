import type { ServiceBusReceiver } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { failureOf, receive, receiverOf, startTestBus } from './support/testBus.ts';

const withDeadLetter = async (reason?: Parameters<ServiceBusReceiver['deadLetterMessage']>[1]) => {
  const test = await startTestBus();
  await test.client.createSender('orders').sendMessages({ body: 'x', applicationProperties: { own: 1 } });
  const receiver = receiverOf(test.client);
  await receiver.deadLetterMessage((await receive(receiver))[0], reason);
  return { ...test, receiver, dead: receiverOf(test.client, 'orders', { subQueueType: 'deadLetter' }) };
};

describe('the dead-letter sub-queue', () => {
  it('holds a dead-lettered message with reason, description and properties', async () => {
    const { dead, bus } = await withDeadLetter({
      deadLetterReason: 'Broken',
      deadLetterErrorDescription: 'It is broken.',
      added: 'too',
    });
    expect(bus.queues.counts()).toMatchObject([{ active: 0, deadLetter: 1 }]);
    const [message] = await receive(dead);
    expect(message).toMatchObject({
      body: 'x',
      deliveryCount: 0,
      deadLetterReason: 'Broken',
      deadLetterErrorDescription: 'It is broken.',
    });
    expect(message.applicationProperties).toMatchObject({ own: 1, added: 'too' });
    expect(message.sequenceNumber?.toNumber()).toBe(1);
    await dead.completeMessage(message);
    expect(bus.queues.counts()).toMatchObject([{ deadLetter: 0, sizeBytes: 0 }]);
  });

  it('takes a message without any reason', async () => {
    const { dead } = await withDeadLetter();
    const [message] = await receive(dead);
    expect(message.deadLetterReason).toBeUndefined();
    expect(message.applicationProperties).toEqual({ own: 1 });
  });

  it('is found under its path, whatever the case', async () => {
    const { client } = await withDeadLetter();
    expect((await receive(receiverOf(client, 'orders/$deadletterqueue')))[0].body).toBe('x');
  });

  it('can be peeked', async () => {
    const { dead } = await withDeadLetter({ deadLetterReason: 'Broken', deadLetterErrorDescription: '' });
    expect(await dead.peekMessages(5)).toMatchObject([{ body: 'x', deadLetterReason: 'Broken' }]);
  });

  it('peeks in order of numbers, not of dying', async () => {
    const { client } = await startTestBus();
    await client.createSender('orders').sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
    const receiver = receiverOf(client);
    const messages = await receive(receiver, 3);
    for (const message of [...messages].reverse()) await receiver.deadLetterMessage(message);
    const dead = receiverOf(client, 'orders', { subQueueType: 'deadLetter' });
    expect((await dead.peekMessages(2)).map((message) => message.body as unknown)).toEqual([1, 2]);
    expect((await dead.peekMessages(2)).map((message) => message.body as unknown)).toEqual([3]);
  });

  it('lets a message be abandoned and deferred like any other', async () => {
    const { dead } = await withDeadLetter();
    await dead.abandonMessage((await receive(dead))[0]);
    const [message] = await receive(dead);
    expect(message.deliveryCount).toBe(1);
    await dead.deferMessage(message);
    const [deferred] = await dead.receiveDeferredMessages([message.sequenceNumber ?? 0] as never);
    expect(deferred).toMatchObject({ body: 'x', state: 'deferred' });
  });

  it('lets no message be dead-lettered again', async () => {
    const { dead } = await withDeadLetter();
    const error = await failureOf(dead.deadLetterMessage((await receive(dead))[0]));
    expect(error.message).toContain('InvalidOperationError');
  });

  it('takes no messages from senders', async () => {
    const { client } = await withDeadLetter();
    const error = await failureOf(client.createSender('orders/$DeadLetterQueue').sendMessages({ body: 1 }));
    expect(error).toMatchObject({ code: 'GeneralError', retryable: false });
  });
});
