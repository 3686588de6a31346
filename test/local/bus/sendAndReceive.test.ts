import { randomUUID } from 'node:crypto';
import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { receive, receiverOf, receiveWhatIsThere, startTestBus } from './support/testBus.ts';

describe('sending and receiving', () => {
  it('delivers every property of a message as it was sent', async () => {
    const { client } = await startTestBus();
    const sent = {
      body: { decimal: 1.5, text: 'ü', list: [1, 2] },
      messageId: 'id-1',
      correlationId: 'correlation',
      contentType: 'application/json',
      subject: 'subject',
      to: 'to',
      replyTo: 'reply',
      replyToSessionId: 'reply-session',
      sessionId: 'session',
      partitionKey: 'session',
      timeToLive: 60_000,
      applicationProperties: {
        text: 'a',
        flag: true,
        int: 7,
        double: 1.5,
        when: new Date(1_700_000_000_000),
        none: null,
      },
    } satisfies ServiceBusMessage;
    await client.createSender('orders').sendMessages(sent);
    const [message] = await receive(receiverOf(client, 'orders', { skipConvertingDate: true }));
    expect(message).toMatchObject({ ...sent, deliveryCount: 0, state: 'active' });
    expect(message.lockToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(message.expiresAtUtc?.getTime()).toBe((message.enqueuedTimeUtc?.getTime() ?? 0) + 60_000);
  });

  it('stamps enqueued time, sequence number and lock by its own clock', async () => {
    const { client, clock } = await startTestBus({ queues: [{ name: 'orders', lockDurationMs: 30_000 }] });
    clock.advance(3_600_000);
    const before = clock.now();
    await client.createSender('orders').sendMessages({ body: 'x' });
    const [message] = await receive(receiverOf(client));
    expect(message.enqueuedTimeUtc?.getTime()).toBeGreaterThanOrEqual(before);
    expect(message.enqueuedTimeUtc?.getTime()).toBeLessThanOrEqual(clock.now());
    expect(message.lockedUntilUtc?.getTime()).toBeGreaterThanOrEqual(before + 30_000);
    expect(message.sequenceNumber?.toNumber()).toBe(1);
  });

  it('gives a message without an id one of its own', async () => {
    const { client } = await startTestBus();
    await client.createSender('orders').sendMessages([{ body: 'a', subject: 's' }, { body: 'b' }]);
    const [first, second] = await receive(receiverOf(client), 2);
    expect(first.messageId).toMatch(/^[0-9a-f]{32}$/);
    expect(first.subject).toBe('s');
    expect(second?.messageId).not.toBe(first.messageId);
  });

  it('delivers in the order of sending, single messages and batches', async () => {
    const { client } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 0 });
    const batch = await sender.createMessageBatch();
    for (const body of [1, 2, 3]) expect(batch.tryAddMessage({ body })).toBe(true);
    await sender.sendMessages(batch);
    await sender.sendMessages([{ body: 4 }]);
    const messages = await receive(receiverOf(client), 5);
    expect(messages.map((message) => message.body as unknown)).toEqual([0, 1, 2, 3, 4]);
  });

  it('counts a batch as one transfer', async () => {
    const { client, bus } = await startTestBus();
    await client.createSender('orders').sendMessages([{ body: 1 }, { body: 2 }]);
    expect(bus.queues.counts()).toMatchObject([
      { name: 'orders', active: 2, acceptedTransfers: 1, acceptedMessages: 2, droppedDuplicates: 0 },
    ]);
  });

  it('takes bodies of several data sections, sequences and values apart', async () => {
    const { client } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: ['a', 'b'], bodyType: 'sequence' });
    await sender.sendMessages({ body: 'plain', bodyType: 'value' });
    const [sequence, value] = await receive(receiverOf(client), 2);
    expect(sequence.body).toEqual(['a', 'b']);
    expect(sequence._rawAmqpMessage.bodyType).toBe('sequence');
    expect(value?._rawAmqpMessage).toMatchObject({ body: 'plain', bodyType: 'value' });
  });

  it('takes a message apart that comes in many frames', async () => {
    const { client } = await startTestBus();
    const body = randomUUID().repeat(5000);
    await client.createSender('orders').sendMessages({ body });
    const [message] = await receive(receiverOf(client));
    expect(message.body).toBe(body);
  });

  it('removes a message when it is received and deleted', async () => {
    const { client, bus } = await startTestBus();
    await client.createSender('orders').sendMessages([{ body: 1 }, { body: 2 }]);
    const receiver = client.createReceiver('orders', { receiveMode: 'receiveAndDelete' });
    const messages = await receive(receiver, 2);
    expect(messages.map((message) => message.lockToken)).toEqual([undefined, undefined]);
    expect(bus.queues.counts()).toMatchObject([{ active: 0, locked: 0, sizeBytes: 0 }]);
  });

  it('hands each message to one of several receivers', async () => {
    const { client } = await startTestBus();
    const receivers = [receiverOf(client), receiverOf(client), receiverOf(client)];
    const waiting = receivers.map((receiver) => receive(receiver, 2));
    await client.createSender('orders').sendMessages([1, 2, 3, 4, 5, 6].map((body) => ({ body })));
    const bodies = (await Promise.all(waiting)).flat().map((message) => message.body as number);
    expect(bodies.sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives a receiver no more than it asked for', async () => {
    const { client, bus } = await startTestBus();
    await client.createSender('orders').sendMessages([1, 2, 3, 4, 5].map((body) => ({ body })));
    await receive(receiverOf(client), 2);
    expect(bus.queues.counts()).toMatchObject([{ active: 5, locked: 2 }]);
  });

  it('answers a drain when nothing is there', async () => {
    const { client } = await startTestBus();
    const receiver = receiverOf(client);
    expect(await receiveWhatIsThere(receiver)).toEqual([]);
    await client.createSender('orders').sendMessages({ body: 'later' });
    expect((await receive(receiver))[0].body).toBe('later');
  });

  it('keeps a streaming receiver supplied far beyond the 2048 places of a session', async () => {
    const { client, bus } = await startTestBus();
    const sender = client.createSender('orders');
    const total = 6000;
    for (let sent = 0; sent < total; sent += 500) {
      await sender.sendMessages(Array.from({ length: 500 }, (_, index) => ({ body: sent + index })));
    }
    const bodies = new Set<number>();
    await new Promise<void>((resolve, reject) => {
      receiverOf(client).subscribe(
        {
          processMessage: async ({ body }) => {
            bodies.add(body as number);
            if (bodies.size === total) resolve();
          },
          processError: async ({ error }) => reject(error),
        },
        { maxConcurrentCalls: 100 },
      );
    });
    expect(bodies.size).toBe(total);
    await expect.poll(() => bus.queues.counts()[0]?.active).toBe(0);
  });

  it('keeps a sender supplied with credit beyond its first portion', async () => {
    const { client, bus } = await startTestBus();
    const sender = client.createSender('orders');
    for (let round = 0; round < 30; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => sender.sendMessages({ body: 'x' })));
    }
    expect(bus.queues.counts()).toMatchObject([{ active: 3000, acceptedTransfers: 3000 }]);
  });

  it('takes queue names in any case, and names with slashes', async () => {
    const { client } = await startTestBus({ queues: [{ name: 'Sales/Orders' }] });
    await client.createSender('sales/ORDERS').sendMessages({ body: 'x' });
    expect((await receive(receiverOf(client, 'Sales/orders')))[0].body).toBe('x');
  });
});
