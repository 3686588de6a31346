import { describe, expect, it } from 'vitest';
import {
  failureOf,
  receive,
  receiverOf,
  receiveWhatIsThere,
  startTestBus,
  timeoutMs,
} from './support/testBus.ts';

const inAnHour = 3_600_000;

describe('a scheduled message', () => {
  it('becomes active at its time, with a new number', async () => {
    const { client, clock, bus } = await startTestBus();
    const sender = client.createSender('orders');
    const at = new Date(clock.now() + inAnHour);
    const numbers = await sender.scheduleMessages([{ body: 'a' }, { body: 'b' }], at);
    expect(numbers.map((number) => number.toNumber())).toEqual([1, 2]);
    await sender.sendMessages({ body: 'at once' });
    const receiver = receiverOf(client);
    const [first] = await receive(receiver);
    expect(first.body).toBe('at once');
    expect(bus.queues.counts()).toMatchObject([{ scheduled: 2, active: 1 }]);
    await receiver.completeMessage(first);
    clock.advance(inAnHour);
    const messages = await receive(receiver, 2);
    expect(messages.map(({ body, sequenceNumber }) => [body as unknown, sequenceNumber?.toNumber()])).toEqual(
      [
        ['a', 4],
        ['b', 5],
      ],
    );
    expect(messages[0].scheduledEnqueueTimeUtc?.getTime()).toBe(at.getTime());
    expect(messages[0].enqueuedTimeUtc?.getTime()).toBeGreaterThanOrEqual(at.getTime());
  });

  it('can also be sent with its time in it', async () => {
    const { client, clock } = await startTestBus();
    const at = new Date(clock.now() + inAnHour);
    await client.createSender('orders').sendMessages({ body: 'x', scheduledEnqueueTimeUtc: at });
    const receiver = receiverOf(client);
    expect(await receiveWhatIsThere(receiver)).toEqual([]);
    clock.advance(inAnHour);
    expect((await receive(receiver))[0].body).toBe('x');
  });

  it('whose time is past is active at once', async () => {
    const { client, clock } = await startTestBus();
    const sender = client.createSender('orders');
    await sender.sendMessages({ body: 'x', scheduledEnqueueTimeUtc: new Date(clock.now() - 1000) });
    expect((await receive(receiverOf(client)))[0].body).toBe('x');
  });

  it('never comes when it was cancelled', async () => {
    const { client, clock, bus } = await startTestBus();
    const sender = client.createSender('orders');
    const numbers = await sender.scheduleMessages(
      [{ body: 'a' }, { body: 'b' }],
      new Date(clock.now() + inAnHour),
    );
    await sender.cancelScheduledMessages(numbers);
    clock.advance(2 * inAnHour);
    expect(bus.queues.counts()).toMatchObject([{ scheduled: 0, active: 0, sizeBytes: 0 }]);
  });

  it('cannot be cancelled when it is no longer scheduled', async () => {
    const { client, clock } = await startTestBus();
    const sender = client.createSender('orders');
    const numbers = await sender.scheduleMessages({ body: 'a' }, new Date(clock.now() + inAnHour));
    clock.advance(inAnHour);
    expect((await failureOf(sender.cancelScheduledMessages(numbers))).code).toBe('MessageNotFound');
  });

  it('lives from the moment it is active', async () => {
    const { client, clock } = await startTestBus();
    const at = new Date(clock.now() + inAnHour);
    await client.createSender('orders').scheduleMessages({ body: 'x', timeToLive: 60_000 }, at);
    clock.advance(inAnHour);
    const [message] = await receive(receiverOf(client));
    expect(message.expiresAtUtc?.getTime()).toBeGreaterThanOrEqual(at.getTime() + 60_000);
  });

  it('that is too large gets no answer, as from the real service', async () => {
    const { client, clock } = await startTestBus({ queues: [{ name: 'orders', maxMessageBytes: 2000 }] });
    const sender = client.createSender('orders');
    const sent = sender.scheduleMessages({ body: 'x'.repeat(3000) }, new Date(clock.now() + timeoutMs));
    expect((await failureOf(sent)).code).toBe('ServiceTimeout');
  });
});
