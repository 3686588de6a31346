import { describe, expect, it } from 'vitest';
import { receive, receiverOf, receiveWhatIsThere, startTestBus } from './support/testBus.ts';

const minute = 60_000;

describe('time to live', () => {
  it('ends a message that nobody took', async () => {
    const { client, clock, bus } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages([
      { body: 'short', timeToLive: minute },
      { body: 'long', timeToLive: 10 * minute },
    ]);
    clock.advance(2 * minute);
    expect(bus.queues.counts()).toMatchObject([{ active: 1, deadLetter: 0 }]);
    expect((await receive(receiverOf(client)))[0].body).toBe('long');
  });

  it('moves the message to the dead letters when the queue says so', async () => {
    const { client, clock } = await startTestBus({
      queues: [{ name: 'orders', deadLetterOnExpiration: true }],
    });
    await client.createSender('orders').sendMessages({ body: 'x', timeToLive: minute });
    clock.advance(minute);
    const [dead] = await receive(receiverOf(client, 'orders', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({
      body: 'x',
      deadLetterReason: 'TTLExpiredException',
      deadLetterErrorDescription: 'The message expired and was dead lettered.',
    });
  });

  it('is the shorter one of message and queue', async () => {
    const { client, clock, bus } = await startTestBus({
      queues: [{ name: 'orders', defaultTimeToLiveMs: 2 * minute }],
    });
    const sender = client.createSender('orders');
    await sender.sendMessages([
      { body: 'of the queue' },
      { body: 'of the queue, too', timeToLive: 60 * minute },
      { body: 'of the message', timeToLive: minute },
    ]);
    clock.advance(minute);
    expect(bus.queues.counts()).toMatchObject([{ active: 2 }]);
    clock.advance(minute);
    expect(bus.queues.counts()).toMatchObject([{ active: 0 }]);
  });

  it('does not end a locked message before it is given back', async () => {
    const { client, clock, bus } = await startTestBus({
      queues: [{ name: 'orders', lockDurationMs: 5 * minute }],
    });
    const sender = client.createSender('orders');
    await sender.sendMessages([
      { body: 'a', timeToLive: minute },
      { body: 'b', timeToLive: minute },
    ]);
    const receiver = receiverOf(client);
    const [first, second] = await receive(receiver, 2);
    clock.advance(2 * minute);
    expect(bus.queues.counts()).toMatchObject([{ active: 2, locked: 2 }]);
    await receiver.completeMessage(first);
    await receiver.abandonMessage(second ?? first);
    expect(await receiveWhatIsThere(receiver)).toEqual([]);
    expect(bus.queues.counts()).toMatchObject([{ active: 0 }]);
  });

  it('is not observed for deferred messages and dead letters', async () => {
    const { client, clock, bus } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages([
      { body: 'a', timeToLive: minute },
      { body: 'b', timeToLive: minute },
    ]);
    const receiver = receiverOf(client);
    const [first, second] = await receive(receiver, 2);
    await receiver.deferMessage(first);
    await receiver.deadLetterMessage(second ?? first);
    clock.advance(60 * minute);
    expect(bus.queues.counts()).toMatchObject([{ deferred: 1, deadLetter: 1 }]);
  });
});
