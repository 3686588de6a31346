import { describe, expect, it } from 'vitest';
import { receive, receiverOf, startTestBus } from './support/testBus.ts';

describe('peeking', () => {
  it('shows active, locked, deferred and scheduled messages in order of their numbers', async () => {
    const { client, clock } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages([{ body: 'deferred' }, { body: 'locked' }, { body: 'active' }]);
    await sender.scheduleMessages({ body: 'scheduled' }, new Date(clock.now() + 60_000));
    const receiver = receiverOf(client);
    const [first] = await receive(receiver, 2);
    await receiver.deferMessage(first);
    const peeked = await receiver.peekMessages(10);
    expect(peeked.map(({ body, state }) => [body as unknown, state])).toEqual([
      ['deferred', 'deferred'],
      ['locked', 'active'],
      ['active', 'active'],
      ['scheduled', 'scheduled'],
    ]);
    expect(peeked.map(({ lockToken }) => lockToken)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('goes on behind the last one seen, or from any number', async () => {
    const { client } = await startTestBus();
    await client.createSender('orders').sendMessages([1, 2, 3, 4, 5].map((body) => ({ body })));
    const receiver = receiverOf(client);
    const peek = async (count: number, from?: number) =>
      (await receiver.peekMessages(count, from === undefined ? {} : { fromSequenceNumber: Long(from) })).map(
        (message) => message.body as unknown,
      );
    const [message] = await receive(receiver);
    const Long = (value: number) => (message.sequenceNumber ?? never()).sub(1).add(value);
    const never = () => {
      throw new Error('A received message has a sequence number.');
    };
    expect(await peek(2)).toEqual([1, 2]);
    expect(await peek(2)).toEqual([3, 4]);
    expect(await peek(2, 4)).toEqual([4, 5]);
  });

  it('locks nothing and ends when there is nothing more', async () => {
    const { client, bus } = await startTestBus();
    await client.createSender('orders').sendMessages({ body: 1 });
    const receiver = receiverOf(client);
    expect(await receiver.peekMessages(3)).toHaveLength(1);
    expect(await receiver.peekMessages(3)).toEqual([]);
    expect(bus.queues.counts()).toMatchObject([{ active: 1, locked: 0 }]);
  });
});
