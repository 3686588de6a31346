import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/bus/faults/faultRule.ts';
import { useBusProgram } from './support/busProgram.ts';
import { producerOf } from './support/eventHubs.ts';
import { connect, failureOf, receive, receiverOf } from './support/testBus.ts';

const program = useBusProgram();

const start = async () => {
  const { ready, control } = await program.start({ queues: [{ name: 'orders' }] });
  return { control, url: ready.controlUrl, client: connect(ready.connectionString), ready };
};

describe('the controls', () => {
  it('count what queues hold and what came in', async () => {
    const { control, client } = await start();
    const sender = client.createSender('orders');
    await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
    await sender.scheduleMessages({ body: 4 }, new Date(Date.now() + 3_600_000));
    const receiver = receiverOf(client);
    const [dead] = await receive(receiver, 2);
    await receiver.deadLetterMessage(dead);
    expect(await control.queue('Orders')).toMatchObject({
      name: 'orders',
      active: 2,
      locked: 1,
      scheduled: 1,
      deadLetter: 1,
      acceptedMessages: 4,
      droppedDuplicates: 0,
    });
    expect(await control.queues()).toHaveLength(1);
    await expect(control.queue('nowhere')).rejects.toThrow("There is no queue 'nowhere'.");
  });

  it('create, change and delete queues', async () => {
    const { control, client } = await start();
    await control.putQueue({ name: 'sales/new', duplicateDetectionWindowMs: 60_000 });
    const sender = client.createSender('sales/new');
    await sender.sendMessages({ body: 1, messageId: 'same' });
    await sender.sendMessages({ body: 1, messageId: 'same' });
    expect(await control.queue('sales/new')).toMatchObject({ active: 1, droppedDuplicates: 1 });
    await control.putQueue({ name: 'sales/new', maxMessageBytes: 50 });
    expect((await failureOf(sender.sendMessages({ body: 'x'.repeat(50) }))).code).toBe('MessageSizeExceeded');
    await control.deleteQueue('sales/new');
    expect((await control.queues()).map(({ name }) => name)).toEqual(['orders']);
    await expect(control.deleteQueue('sales/new')).rejects.toThrow("There is no queue 'sales/new'.");
  });

  it('count, create, change and delete topics and subscriptions', async () => {
    const { control, client } = await start();
    await control.putTopic({ name: 'sales/news', subscriptions: [{ name: 'a' }] });
    await control.putSubscription('sales/news', {
      name: 'b',
      rules: [{ name: 'none', filter: { type: 'false' } }],
    });
    const sender = client.createSender('sales/news');
    await sender.sendMessages({ body: 1 });
    // Rules that are not named stay.
    await control.putSubscription('sales/news', { name: 'b', maxDeliveryCount: 1 });
    await sender.sendMessages({ body: 2 });
    expect(await control.topic('Sales/News')).toMatchObject({
      acceptedMessages: 2,
      subscriptions: [
        { name: 'a', active: 2 },
        { name: 'b', active: 0 },
      ],
    });
    await control.deleteSubscription('sales/news', 'b');
    await expect(control.deleteSubscription('sales/news', 'b')).rejects.toThrow(
      "There is no subscription 'sales/news/Subscriptions/b'.",
    );
    await control.deleteTopic('sales/news');
    expect(await control.topics()).toEqual([]);
    await expect(control.deleteTopic('sales/news')).rejects.toThrow("There is no topic 'sales/news'.");
    await expect(control.putSubscription('nowhere', { name: 'b' })).rejects.toThrow('no topic');
    await expect(control.putTopic({ name: 'orders' })).rejects.toThrow("There is a queue called 'orders'");
  });

  it('count, create, change and delete event hubs', async () => {
    const { control, ready } = await start();
    await control.putEventHub({ name: 'events', partitions: 2, consumerGroups: ['second'] });
    await producerOf(ready.eventHubsConnectionString).sendBatch([{ body: 1 }], { partitionId: '1' });
    expect(await control.eventHub('Events')).toMatchObject({
      name: 'events',
      consumerGroups: ['$Default', 'second'],
      events: 1,
      partitions: [{ events: 0 }, { events: 1, lastSequenceNumber: 0 }],
    });
    await expect(control.putEventHub({ name: 'events', partitions: 1 })).rejects.toThrow('cannot have fewer');
    await control.deleteEventHub('events');
    expect(await control.eventHubs()).toEqual([]);
    await expect(control.deleteEventHub('events')).rejects.toThrow("There is no event hub 'events'.");
  });

  it('put faults, list them and what they hit, and take them away', async () => {
    const { control, client } = await start();
    const rule: FaultRule = {
      where: 'transfer',
      what: 'reject',
      condition: 'com.microsoft:server-busy',
      howOften: 'always',
    };
    await control.putFaults([rule]);
    expect(await control.faults()).toEqual([rule]);
    const sender = client.createSender('orders');
    expect((await failureOf(sender.sendMessages({ body: 1 }))).code).toBe('ServiceBusy');
    expect(await control.hits()).toMatchObject([
      { rule: 0, where: 'transfer', what: 'reject', entity: 'orders' },
    ]);
    await control.clearFaults();
    await sender.sendMessages({ body: 1 });
    expect(await control.hits()).toEqual([]);
  });

  it('make an outage and end it, on the same port and with the same messages', async () => {
    const { control, client, ready } = await start();
    await client.createSender('orders').sendMessages({ body: 'x' });
    await control.stopListening();
    const during = await failureOf(
      connect(ready.connectionString).createSender('orders').sendMessages({ body: 'y' }),
    );
    expect(during.message).toContain('ECONNREFUSED');
    await control.listen();
    expect((await receive(receiverOf(connect(ready.connectionString))))[0].body).toBe('x');
  });

  it('put the clock forward', async () => {
    const { control, client } = await start();
    await client.createSender('orders').sendMessages({ body: 'x', timeToLive: 3_600_000 });
    await control.advanceClock(3_600_000);
    expect(await control.queue('orders')).toMatchObject({ active: 0 });
  });

  it('refuse what they do not understand, with words', async () => {
    const { control, url } = await start();
    await expect(control.putQueue({ name: 'a', lockDurationMs: -1 })).rejects.toThrow(
      "Queue 'a' cannot be used: /lockDurationMs must be >= 1.",
    );
    const filter = { type: 'sql', expression: 'a LIKE' } as const;
    await expect(
      control.putTopic({ name: 'a', subscriptions: [{ name: 'b', rules: [{ name: 'r', filter }] }] }),
    ).rejects.toThrow("The filter of rule 'r' cannot be used: it ends too early.");
    await expect(control.putFaults([{ where: 'cbs', what: 'release' }])).rejects.toThrow('cannot happen');
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/hits`, { method: 'POST' })).status).toBe(405);
    const broken = await fetch(`${url}/faults`, { method: 'PUT', body: '[' });
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { error: expect.stringContaining('no JSON') as string },
    ]);
  });

  it('are closed to those who do not know their address', async () => {
    const { url } = await start();
    const { origin } = new URL(url);
    for (const path of ['/queues', '/wrong/queues', '/'])
      expect((await fetch(origin + path)).status).toBe(404);
  });
});
