import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/program.ts';
import { useBusProgram } from './support/busProgram.ts';
import { connect, failureOf, receiverOf, startTestBus, type TestBus } from './support/testBus.ts';

const program = useBusProgram();
const queues = [{ name: 'orders', requiresSession: true, lockDurationMs: 10_000 }];
const start = () => startTestBus({ queues });

const manual = { maxAutoLockRenewalDurationInMs: 0 };
const accept = (client: TestBus['client'], session: string) =>
  client.acceptSession('orders', session, manual);
const acceptNext = (client: TestBus['client']) => client.acceptNextSession('orders', manual);
const send = (
  client: TestBus['client'],
  ...messages: readonly (readonly [session: string, body: unknown])[]
) => client.createSender('orders').sendMessages(messages.map(([sessionId, body]) => ({ sessionId, body })));

type SessionReceiver = Awaited<ReturnType<typeof accept>>;
const take = async (receiver: SessionReceiver, count: number) => {
  const messages = await receiver.receiveMessages(count, { maxWaitTimeInMs: 300 });
  return messages.map(({ body }) => body as unknown);
};

describe('a queue with sessions', () => {
  it('takes only messages with a session', async () => {
    const { client, bus } = await start();
    const sender = client.createSender('orders');
    const error = await failureOf(sender.sendMessages({ body: 1 }));
    expect(error.message).toContain('The SessionId was not set on a message');
    const later = new Date(Date.now() + 60_000);
    await failureOf(sender.scheduleMessages([{ body: 1, sessionId: 'a' }, { body: 2 }], later));
    expect(bus.queues.counts()).toMatchObject([{ active: 0, scheduled: 0 }]);
  });

  it('is received from by session only, and others never by session', async () => {
    const { client, bus } = await start();
    expect((await failureOf(receiverOf(client).receiveMessages(1))).message).toContain('requires sessions');
    await bus.queues.put({ name: 'plain' });
    const plain = client.acceptNextSession('plain');
    expect((await failureOf(plain)).message).toContain('does not require sessions');
    await expect(bus.queues.put({ name: 'orders' })).rejects.toThrow('cannot be changed');
  });

  it('hands the messages of a session to its receiver, in order', async () => {
    const { client } = await start();
    await send(client, ['a', 1], ['b', 2], ['a', 3], ['b', 4], ['a', 5]);
    const [a, b] = [await accept(client, 'a'), await accept(client, 'b')];
    expect([await take(b, 9), await take(a, 9)]).toEqual([
      [2, 4],
      [1, 3, 5],
    ]);
    await send(client, ['a', 6]);
    const [message] = await a.receiveMessages(1, { maxWaitTimeInMs: 2000 });
    if (message === undefined) throw new Error('No message.');
    expect(message).toMatchObject({ body: 6, sessionId: 'a' });
    await a.completeMessage(message);
  });

  it('locks a session for one receiver', async () => {
    const { client } = await start();
    const first = await accept(client, 'a');
    expect((await failureOf(accept(client, 'a'))).code).toBe('SessionCannotBeLocked');
    await first.close();
    const again = await accept(client, 'a');
    expect(again.sessionId).toBe('a');
  });

  it('gives the next session that has messages and is free', async () => {
    const { client } = await start();
    await send(client, ['a', 1], ['b', 2]);
    const [first, second] = [await acceptNext(client), await acceptNext(client)];
    expect([first.sessionId, second.sessionId]).toEqual(['a', 'b']);
    const third = acceptNext(client);
    await send(client, ['c', 3]);
    expect((await third).sessionId).toBe('c');
    expect(await take(await third, 1)).toEqual([3]);
  });

  it('says so when no session comes in time', async () => {
    const { client } = await start();
    expect((await failureOf(acceptNext(client))).code).toBe('ServiceTimeout');
  });

  it('frees the messages of a session that is closed, which counts as no delivery', async () => {
    const { client, bus } = await start();
    await send(client, ['a', 1], ['a', 2]);
    const first = await accept(client, 'a');
    await first.receiveMessages(2, { maxWaitTimeInMs: 1000 });
    expect(bus.queues.counts()).toMatchObject([{ locked: 2 }]);
    await first.close();
    const again = await accept(client, 'a');
    const messages = await again.receiveMessages(2, { maxWaitTimeInMs: 1000 });
    expect(messages.map(({ body, deliveryCount }) => [body as unknown, deliveryCount])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('takes a session away when its lock expires, which counts as a delivery', async () => {
    const { client, clock, bus } = await start();
    await send(client, ['a', 1]);
    const first = await accept(client, 'a');
    const [message] = await first.receiveMessages(1, { maxWaitTimeInMs: 1000 });
    if (message === undefined) throw new Error('No message.');
    clock.advance(10_001);
    const again = await accept(connect(bus.connectionString), 'a');
    const [once] = await again.receiveMessages(1, { maxWaitTimeInMs: 1000 });
    expect(once).toMatchObject({ body: 1, deliveryCount: 1 });
    expect((await failureOf(first.completeMessage(message))).code).toBe('SessionLockLost');
  });

  it('renews the lock of a session', async () => {
    const { client, clock } = await start();
    await send(client, ['a', 1]);
    const receiver = await accept(client, 'a');
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 1000 });
    if (message === undefined) throw new Error('No message.');
    const before = receiver.sessionLockedUntilUtc.getTime();
    clock.advance(8000);
    expect((await receiver.renewSessionLock()).getTime()).toBeGreaterThanOrEqual(before + 8000);
    clock.advance(8000);
    await receiver.completeMessage(message);
    clock.advance(3000);
    expect((await failureOf(receiver.renewSessionLock())).code).toBe('SessionLockLost');
  });

  it('settles in all ways', async () => {
    const { client, bus } = await start();
    await send(client, ['a', 'abandon'], ['a', 'defer'], ['a', 'dead'], ['a', 'complete']);
    const receiver = await accept(client, 'a');
    const [abandon, defer, dead, complete] = await receiver.receiveMessages(4, { maxWaitTimeInMs: 1000 });
    if (abandon === undefined || defer === undefined || dead === undefined || complete === undefined)
      throw new Error('Too few.');
    await receiver.deferMessage(defer);
    await receiver.deadLetterMessage(dead);
    await receiver.completeMessage(complete);
    await receiver.abandonMessage(abandon);
    expect(bus.queues.counts()).toMatchObject([{ active: 1, deferred: 1, deadLetter: 1 }]);
    const { sequenceNumber } = defer;
    if (sequenceNumber === undefined) throw new Error('No number.');
    const [deferred] = await receiver.receiveDeferredMessages(sequenceNumber);
    if (deferred === undefined) throw new Error('Not there.');
    await receiver.completeMessage(deferred);
    const deadReceiver = receiverOf(client, 'orders', { subQueueType: 'deadLetter' });
    expect(await deadReceiver.receiveMessages(1, { maxWaitTimeInMs: 1000 })).toMatchObject([
      { body: 'dead' },
    ]);
    expect(await take(receiver, 9)).toEqual(['abandon']);
  });

  it('looks at the messages of one session', async () => {
    const { client } = await start();
    await send(client, ['a', 1], ['b', 2], ['a', 3]);
    const peeked = await (await accept(client, 'a')).peekMessages(9);
    expect(peeked.map(({ body }) => body as unknown)).toEqual([1, 3]);
  });

  it('keeps the state of a session through kill -9, and its messages', async () => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ queues, stateFolder });
    const before = connect(bus.ready.connectionString);
    await send(before, ['a', 1]);
    const receiver = await accept(before, 'a');
    expect(await receiver.getSessionState()).toBeNull();
    await receiver.setSessionState({ step: 1 });
    await (await accept(before, 'b')).setSessionState('x');
    await (await before.acceptSession('orders', 'c', manual)).setSessionState(null);
    await bus.kill();
    for (let restart = 0; restart < 2; restart += 1) {
      const again = await program.start({ queues, stateFolder });
      const client = connect(again.ready.connectionString);
      const after = await acceptNext(client);
      expect([after.sessionId, await after.getSessionState(), await take(after, 9)]).toEqual([
        'a',
        { step: 1 },
        [1],
      ]);
      expect(await (await accept(client, 'b')).getSessionState()).toBe('x');
      await again.kill();
    }
  });
});

describe('a subscription with sessions', () => {
  it('hands out by session, and dead-letters what has none', async () => {
    const { client, bus } = await startTestBus({
      topics: [{ name: 'news', subscriptions: [{ name: 'a', requiresSession: true }, { name: 'b' }] }],
    });
    await client.createSender('news').sendMessages([{ body: 1, sessionId: 's' }, { body: 2 }]);
    const receiver = await client.acceptNextSession('news', 'a', manual);
    expect([receiver.sessionId, await take(receiver, 9)]).toEqual(['s', [1]]);
    const dead = client.createReceiver('news', 'a', { subQueueType: 'deadLetter' });
    expect(await dead.peekMessages(9)).toMatchObject([{ body: 2, deadLetterReason: 'Session ID is null.' }]);
    expect(bus.topics.counts()).toMatchObject([
      { subscriptions: [{ active: 1, deadLetter: 1 }, { active: 2 }] },
    ]);
  });
});
