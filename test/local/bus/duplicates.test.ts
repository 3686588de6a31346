import { describe, expect, it } from 'vitest';
import { startTestBus } from './support/testBus.ts';

const minute = 60_000;
const queue = { name: 'orders', duplicateDetectionWindowMs: 10 * minute };

describe('duplicate detection', () => {
  it('accepts a message again and drops it silently', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    for (let attempt = 0; attempt < 3; attempt += 1)
      await sender.sendMessages({ body: attempt, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([
      { active: 1, acceptedTransfers: 3, acceptedMessages: 1, droppedDuplicates: 2 },
    ]);
  });

  it('remembers an id although the message is gone', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    await client.createReceiver('orders', { receiveMode: 'receiveAndDelete' }).receiveMessages(1);
    await sender.sendMessages({ body: 2, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ active: 0, droppedDuplicates: 1 }]);
  });

  it('forgets an id when the window is over', async () => {
    const { client, clock, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    clock.advance(9 * minute);
    await sender.sendMessages({ body: 2, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ active: 1, droppedDuplicates: 1 }]);
    clock.advance(minute);
    await sender.sendMessages({ body: 3, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ active: 2, droppedDuplicates: 1 }]);
  });

  it('makes one message of many copies sent at the same time', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await Promise.all(Array.from({ length: 20 }, () => sender.sendMessages({ body: 1, messageId: 'same' })));
    expect(bus.queues.counts()).toMatchObject([{ active: 1, acceptedTransfers: 20, droppedDuplicates: 19 }]);
  });

  it('looks at every message of a batch', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1, messageId: 'a' });
    await sender.sendMessages(['a', 'b', 'b', 'c'].map((messageId) => ({ body: 1, messageId })));
    expect(bus.queues.counts()).toMatchObject([{ active: 3, droppedDuplicates: 2 }]);
  });

  it('tells ids of different types apart', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1, messageId: '4711' });
    await sender.sendMessages({ body: 1, messageId: 4711 });
    expect(bus.queues.counts()).toMatchObject([{ active: 2 }]);
  });

  it('takes messages without an id for different ones', async () => {
    const { client, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1 });
    await sender.sendMessages({ body: 1 });
    expect(bus.queues.counts()).toMatchObject([{ active: 2 }]);
  });

  it('covers scheduled messages', async () => {
    const { client, clock, bus } = await startTestBus({ queues: [queue] });
    const sender = client.createSender('orders');
    await sender.scheduleMessages({ body: 1, messageId: 'same' }, new Date(clock.now() + minute));
    await sender.sendMessages({ body: 1, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ scheduled: 1, active: 0, droppedDuplicates: 1 }]);
  });

  it('is off unless the queue asks for it', async () => {
    const { client, bus } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    await sender.sendMessages({ body: 1, messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ active: 2, droppedDuplicates: 0 }]);
  });
});
