import { describe, expect, it } from 'vitest';
import { failureOf, receive, receiverOf, receiveWhatIsThere, startTestBus } from './support/testBus.ts';

const withDeferred = async () => {
  const test = await startTestBus({ queues: [{ name: 'orders', lockDurationMs: 30_000 }] });
  await test.client.createSender('orders').sendMessages({ body: 'x', applicationProperties: { own: 1 } });
  const receiver = receiverOf(test.client);
  const [message] = await receive(receiver);
  await receiver.deferMessage(message, { noted: 'yes' });
  const { sequenceNumber } = message;
  if (sequenceNumber === undefined) throw new Error('A received message has a sequence number.');
  const receiveAgain = async () => {
    const [deferred] = await receiver.receiveDeferredMessages(sequenceNumber);
    if (deferred === undefined) throw new Error('The deferred message is not there.');
    return deferred;
  };
  return { ...test, receiver, sequenceNumber, receiveAgain };
};

describe('a deferred message', () => {
  it('is received by its number only', async () => {
    const { receiver, receiveAgain, bus } = await withDeferred();
    expect(await receiveWhatIsThere(receiver)).toEqual([]);
    expect(bus.queues.counts()).toMatchObject([{ active: 0, deferred: 1 }]);
    const deferred = await receiveAgain();
    expect(deferred).toMatchObject({ body: 'x', state: 'deferred', deliveryCount: 1 });
    expect(deferred.applicationProperties).toEqual({ own: 1, noted: 'yes' });
    await receiver.completeMessage(deferred);
    expect(bus.queues.counts()).toMatchObject([{ deferred: 0, sizeBytes: 0 }]);
  });

  it.each(['abandonMessage', 'deferMessage'] as const)(
    'stays deferred after %s and counts',
    async (settle) => {
      const { receiver, receiveAgain } = await withDeferred();
      await receiver[settle](await receiveAgain());
      expect(await receiveAgain()).toMatchObject({ state: 'deferred', deliveryCount: 2 });
    },
  );

  it('keeps its count when it is dead-lettered', async () => {
    const { client, receiver, receiveAgain } = await withDeferred();
    await receiver.deadLetterMessage(await receiveAgain(), {
      deadLetterReason: 'r',
      deadLetterErrorDescription: 'd',
    });
    const [dead] = await receive(receiverOf(client, 'orders', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({ deliveryCount: 1, deadLetterReason: 'r', deadLetterErrorDescription: 'd' });
  });

  it('can have its lock renewed, and is deferred again when the lock expires', async () => {
    const { receiver, receiveAgain, clock, bus } = await withDeferred();
    const deferred = await receiveAgain();
    clock.advance(20_000);
    await receiver.renewMessageLock(deferred);
    clock.advance(20_000);
    expect(bus.queues.counts()).toMatchObject([{ deferred: 1, locked: 1 }]);
    clock.advance(10_000);
    expect(bus.queues.counts()).toMatchObject([{ deferred: 1, locked: 0 }]);
    expect((await receiveAgain()).deliveryCount).toBe(2);
  });

  it('cannot be received twice at the same time', async () => {
    const { receiver, receiveAgain, sequenceNumber } = await withDeferred();
    await receiveAgain();
    const { code } = await failureOf(receiver.receiveDeferredMessages(sequenceNumber));
    expect(code).toBe('MessageNotFound');
  });

  it('is removed at once in receive-and-delete mode', async () => {
    const { client, sequenceNumber, bus } = await withDeferred();
    const taking = client.createReceiver('orders', { receiveMode: 'receiveAndDelete' });
    const [deferred] = await taking.receiveDeferredMessages(sequenceNumber);
    expect(deferred?.body).toBe('x');
    expect(bus.queues.counts()).toMatchObject([{ deferred: 0 }]);
  });

  it('that does not exist is an error', async () => {
    const { receiver, sequenceNumber } = await withDeferred();
    const { code } = await failureOf(receiver.receiveDeferredMessages(sequenceNumber.add(7)));
    expect(code).toBe('MessageNotFound');
  });
});
