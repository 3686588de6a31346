import { describe, expect, it } from 'vitest';
import { failureOf, receive, receiverOf, receiveWhatIsThere, startTestBus } from './support/testBus.ts';

const withOneMessage = async () => {
  const test = await startTestBus({
    queues: [{ name: 'orders', lockDurationMs: 30_000, maxDeliveryCount: 3 }],
  });
  await test.client.createSender('orders').sendMessages({
    body: 'x',
    messageId: 'm',
    applicationProperties: { kept: 'as it is', changed: 'before' },
  });
  return { ...test, receiver: receiverOf(test.client) };
};

const counts = ({ bus }: Awaited<ReturnType<typeof withOneMessage>>) => bus.queues.counts()[0];

describe('settling a message', () => {
  it('removes it when it is completed', async () => {
    const test = await withOneMessage();
    await test.receiver.completeMessage((await receive(test.receiver))[0]);
    expect(counts(test)).toMatchObject({ active: 0, locked: 0, sizeBytes: 0 });
  });

  it('gives it to the next receiver when it is abandoned, and counts', async () => {
    const { receiver } = await withOneMessage();
    await receiver.abandonMessage((await receive(receiver))[0]);
    const [again] = await receive(receiver);
    expect(again).toMatchObject({ body: 'x', deliveryCount: 1 });
    expect(again.sequenceNumber?.toNumber()).toBe(1);
  });

  it('puts an abandoned message back in its place', async () => {
    const { client, receiver } = await withOneMessage();
    await client.createSender('orders').sendMessages({ body: 'behind' });
    await receiver.abandonMessage((await receive(receiver))[0]);
    expect((await receive(receiver, 2)).map((message) => message.body as unknown)).toEqual(['x', 'behind']);
  });

  it('sets properties when it is abandoned and leaves the others as they are', async () => {
    const { receiver } = await withOneMessage();
    await receiver.abandonMessage((await receive(receiver))[0], { changed: 'after', added: 4711 });
    const [again] = await receive(receiver);
    expect(again.applicationProperties).toEqual({ kept: 'as it is', changed: 'after', added: 4711 });
    expect(again.messageId).toBe('m');
  });

  it('dead-letters it after as many failed deliveries as the queue allows', async () => {
    const test = await withOneMessage();
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await test.receiver.abandonMessage((await receive(test.receiver))[0]);
    }
    expect(await receiveWhatIsThere(test.receiver)).toEqual([]);
    const [dead] = await receive(receiverOf(test.client, 'orders', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({
      body: 'x',
      deliveryCount: 3,
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deadLetterErrorDescription: 'Message could not be consumed after 3 delivery attempts.',
    });
  });

  it('refuses to settle it twice', async () => {
    const { client, receiver } = await withOneMessage();
    const [message] = await receive(receiver);
    await receiver.completeMessage(message);
    // Not the same delivery: by its lock token, as another process would.
    const other = receiverOf(client);
    const { code } = await failureOf(other.completeMessage({ ...message, delivery: {} } as typeof message));
    expect(code).toBe('MessageLockLost');
  });

  it.each(['completeMessage', 'abandonMessage', 'deadLetterMessage', 'deferMessage'] as const)(
    'takes %s after the link is closed',
    async (settle) => {
      const test = await withOneMessage();
      const [message] = await receive(test.receiver);
      await test.receiver.close();
      await receiverOf(test.client)[settle](message);
      const expected = {
        completeMessage: {},
        abandonMessage: { active: 1 },
        deadLetterMessage: { deadLetter: 1 },
        deferMessage: { deferred: 1 },
      }[settle];
      expect(counts(test)).toMatchObject({ active: 0, locked: 0, deadLetter: 0, deferred: 0, ...expected });
    },
  );

  it('sets properties also when the settlement goes by the management link', async () => {
    const { client, receiver } = await withOneMessage();
    const [message] = await receive(receiver);
    await receiver.close();
    const other = receiverOf(client);
    await other.abandonMessage(message, { changed: 'after', flag: true });
    expect((await receive(other))[0].applicationProperties).toEqual({
      kept: 'as it is',
      changed: 'after',
      flag: true,
    });
  });

  it('keeps a message locked when its receiver closes', async () => {
    const test = await withOneMessage();
    await receive(test.receiver);
    await test.receiver.close();
    expect(await receiveWhatIsThere(receiverOf(test.client))).toEqual([]);
    expect(counts(test)).toMatchObject({ active: 1, locked: 1 });
  });
});
