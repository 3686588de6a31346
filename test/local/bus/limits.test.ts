import { describe, expect, it } from 'vitest';
import { connect, failureOf, receive, receiverOf, startTestBus } from './support/testBus.ts';

describe('limits of a queue', () => {
  it('rejects a message that is too large', async () => {
    const { client, bus } = await startTestBus({ queues: [{ name: 'orders', maxMessageBytes: 2000 }] });
    const sender = client.createSender('orders');
    const error = await failureOf(sender.sendMessages({ body: 'x'.repeat(2000) }));
    expect(error).toMatchObject({ code: 'MessageSizeExceeded', retryable: false });
    expect(error.message).toContain('exceeds the limit (2000 bytes)');
    await sender.sendMessages({ body: 'x'.repeat(1000) });
    expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
  });

  it('tells the client its limit, so that no batch grows beyond it', async () => {
    const { client } = await startTestBus();
    const batch = await client.createSender('orders').createMessageBatch();
    expect(batch.maxSizeInBytes).toBe(256 * 1024);
  });

  it('rejects what would not fit into the queue, and takes it when there is room again', async () => {
    const { client } = await startTestBus({ queues: [{ name: 'orders', maxSizeBytes: 5000 }] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 'x'.repeat(3000) });
    const error = await failureOf(sender.sendMessages({ body: 'y'.repeat(3000) }));
    expect(error).toMatchObject({ code: 'QuotaExceeded', retryable: false });
    const receiver = receiverOf(client);
    const [message] = await receive(receiver);
    await receiver.deadLetterMessage(message);
    expect((await failureOf(sender.sendMessages({ body: 'y'.repeat(3000) }))).code).toBe('QuotaExceeded');
    const dead = receiverOf(client, 'orders', { subQueueType: 'deadLetter' });
    await dead.completeMessage((await receive(dead))[0]);
    await sender.sendMessages({ body: 'y'.repeat(3000) });
  });

  it('knows no queue that was not created', async () => {
    const { client } = await startTestBus();
    for (const failing of [
      client.createSender('nowhere').sendMessages({ body: 1 }),
      receiverOf(client, 'nowhere').receiveMessages(1),
      receiverOf(client, 'nowhere').peekMessages(1),
    ]) {
      const error = await failureOf(failing);
      expect(error).toMatchObject({ code: 'MessagingEntityNotFound', retryable: false });
      expect(error.message).toContain('could not be found.');
    }
  });

  it.each([
    ['Disabled', false, false],
    ['SendDisabled', false, true],
    ['ReceiveDisabled', true, false],
    ['Active', true, true],
  ] as const)('obeys the status %s', async (status, sends, receives) => {
    const { client: earlier, bus } = await startTestBus();
    await earlier.createSender('orders').sendMessages({ body: 1 });
    await bus.queues.put({ name: 'orders', status });
    const client = connect(bus.connectionString);
    const sender = client.createSender('orders');
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code,
      );
    expect(await outcome(sender.sendMessages({ body: 2 }))).toBe(sends ? 'done' : 'MessagingEntityDisabled');
    expect(await outcome(receive(receiverOf(client)))).toBe(receives ? 'done' : 'MessagingEntityDisabled');
  });

  it('detaches receivers when the queue is disabled and serves them again when it is not', async () => {
    const { client, bus } = await startTestBus();
    const receiver = receiverOf(client);
    await receiver.receiveMessages(1, { maxWaitTimeInMs: 10 });
    await bus.queues.put({ name: 'orders', status: 'ReceiveDisabled' });
    await client.createSender('orders').sendMessages({ body: 1 });
    expect((await failureOf(receiver.receiveMessages(1))).code).toBe('MessagingEntityDisabled');
    await bus.queues.put({ name: 'orders' });
    expect((await receive(receiver))[0].body).toBe(1);
  });

  it('forgets a queue that is deleted, with all it held', async () => {
    const { client, bus } = await startTestBus();
    await client.createSender('orders').sendMessages({ body: 1 });
    expect(await bus.queues.remove('ORDERS')).toBe(true);
    expect(await bus.queues.remove('orders')).toBe(false);
    const send = () => connect(bus.connectionString).createSender('orders').sendMessages({ body: 2 });
    expect((await failureOf(send())).code).toBe('MessagingEntityNotFound');
    await bus.queues.put({ name: 'orders' });
    await send();
    expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
  });

  it('refuses a session where the queue has none', async () => {
    const { client } = await startTestBus();
    const error = await failureOf(client.acceptNextSession('orders'));
    expect(error.message).toContain('does not require sessions');
  });
});
