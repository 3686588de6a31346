import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BusOptions } from '../../../local/bus/busOptions.ts';
import { createClock, type MovableClock } from '../../../local/bus/clock/clock.ts';
import { startBus, type Bus } from '../../../local/bus/startBus.ts';
import { connect, receive, receiverOf } from './support/testBus.ts';

interface Run {
  readonly bus: Bus;
  readonly client: ReturnType<typeof connect>;
  readonly clock: MovableClock;
}

/** Runs `work` on a bus and stops it in order; the next run goes on in the same folder, at the same time. */
const inFolder = async (queue: NonNullable<BusOptions['queues']>[number] = { name: 'orders' }) => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'bus-'));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  const clock = createClock();
  const run = async (work: (run: Run) => Promise<void>, options: BusOptions = {}) => {
    const bus = await startBus({ queues: [queue], stateFolder, clock, ...options });
    try {
      await work({ bus, client: connect(bus.connectionString), clock });
    } finally {
      await bus.close();
    }
  };
  return Object.assign(run, { journal: join(stateFolder, 'bus.journal'), clock });
};

const hour = 3_600_000;

describe('a bus with a state folder', () => {
  it('has its messages again after a restart, and goes on counting', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      const sender = client.createSender('orders');
      await sender.sendMessages({ body: { n: 1 }, messageId: 'one', applicationProperties: { kind: 'a' } });
      await sender.sendMessages([{ body: 'two' }, { body: 'three' }]);
    });
    await run(async ({ client }) => {
      await client.createSender('orders').sendMessages({ body: 'four' });
      const messages = await receive(receiverOf(client), 4);
      expect(messages.map(({ body }) => body as unknown)).toEqual([{ n: 1 }, 'two', 'three', 'four']);
      expect(messages[0]).toMatchObject({ messageId: 'one', applicationProperties: { kind: 'a' } });
      expect(messages.map(({ sequenceNumber }) => sequenceNumber?.toNumber())).toEqual([1, 2, 3, 4]);
    });
  });

  it('remembers every settlement', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      const sender = client.createSender('orders');
      await sender.sendMessages(['complete', 'abandon', 'defer', 'dead', 'lock'].map((body) => ({ body })));
      const receiver = receiverOf(client);
      const [complete, abandon, defer, dead] = await receive(receiver, 5);
      if (abandon === undefined || defer === undefined || dead === undefined) throw new Error('Too few.');
      await receiver.completeMessage(complete);
      await receiver.abandonMessage(abandon, { note: 'abandoned' });
      await receiver.deferMessage(defer, { note: 'deferred' });
      await receiver.deadLetterMessage(dead, { deadLetterReason: 'r', deadLetterErrorDescription: 'd' });
    });
    const check = async ({ client, bus }: Run) => {
      expect(bus.queues.counts()).toMatchObject([{ active: 2, locked: 0, deferred: 1, deadLetter: 1 }]);
      const peeked = await receiverOf(client).peekMessages(10);
      expect(peeked.map(({ body, state, deliveryCount }) => [body as unknown, state, deliveryCount])).toEqual(
        [
          ['abandon', 'active', 1],
          ['defer', 'deferred', 1],
          ['lock', 'active', 0],
        ],
      );
      expect(peeked.map(({ applicationProperties }) => applicationProperties?.['note'])).toEqual([
        'abandoned',
        'deferred',
        undefined,
      ]);
      const dead = await receiverOf(client, 'orders', { subQueueType: 'deadLetter' }).peekMessages(1);
      expect(dead).toMatchObject([{ body: 'dead', deadLetterReason: 'r', deadLetterErrorDescription: 'd' }]);
    };
    await run(check);
    // Once more from the compacted journal.
    await run(check);
  });

  it('remembers messages received and deleted', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      await client.createSender('orders').sendMessages([{ body: 1 }, { body: 2 }]);
      await receive(client.createReceiver('orders', { receiveMode: 'receiveAndDelete' }));
    });
    await run(async ({ bus }) => {
      expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
    });
  });

  it('gives back a message that was locked', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      await client.createSender('orders').sendMessages({ body: 'x' });
      await receive(receiverOf(client));
    });
    await run(async ({ client }) => {
      expect((await receive(receiverOf(client)))[0].body).toBe('x');
    });
  });

  it('keeps scheduled messages and their cancellation', async () => {
    const run = await inFolder();
    await run(async ({ client, clock }) => {
      const sender = client.createSender('orders');
      const at = new Date(clock.now() + hour);
      await sender.scheduleMessages({ body: 'kept' }, at);
      await sender.cancelScheduledMessages(await sender.scheduleMessages({ body: 'cancelled' }, at));
    });
    await run(async ({ bus }) => {
      expect(bus.queues.counts()).toMatchObject([{ scheduled: 1, active: 0 }]);
    });
    await run(async ({ client, clock }) => {
      clock.advance(hour);
      const [message] = await receive(receiverOf(client));
      expect(message.body).toBe('kept');
      expect(message.sequenceNumber?.toNumber()).toBe(3);
    });
    await run(async ({ bus }) => {
      expect(bus.queues.counts()).toMatchObject([{ scheduled: 0, active: 1 }]);
    });
  });

  it('makes active at once what became due while it was down', async () => {
    const run = await inFolder();
    await run(async ({ client, clock }) => {
      await client.createSender('orders').scheduleMessages({ body: 'x' }, new Date(clock.now() + hour));
    });
    run.clock.advance(hour);
    await run(async ({ client }) => {
      expect((await receive(receiverOf(client)))[0].body).toBe('x');
    });
  });

  it('keeps times to live', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      const sender = client.createSender('orders');
      await sender.sendMessages([{ body: 'short', timeToLive: hour }, { body: 'for ever' }]);
    });
    await run(async () => undefined);
    await run(async ({ bus, clock }) => {
      clock.advance(hour);
      expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
    });
  });

  it('goes on dropping duplicates, until the window is over', async () => {
    const run = await inFolder({ name: 'orders', duplicateDetectionWindowMs: hour });
    const send = async ({ client }: Run) =>
      client.createSender('orders').sendMessages({ body: 1, messageId: 'same' });
    await run(async (test) => {
      await send(test);
      await receive(test.client.createReceiver('orders', { receiveMode: 'receiveAndDelete' }));
    });
    await run(async () => undefined);
    await run(async (test) => {
      await send(test);
      expect(test.bus.queues.counts()).toMatchObject([{ active: 0, droppedDuplicates: 1 }]);
      test.clock.advance(hour);
      await send(test);
      expect(test.bus.queues.counts()).toMatchObject([{ active: 1 }]);
    });
  });

  it('knows queues that were created, changed and deleted', async () => {
    const run = await inFolder();
    await run(async ({ bus }) => {
      await bus.queues.put({ name: 'created', maxDeliveryCount: 1 });
      await bus.queues.put({ name: 'deleted' });
      await bus.queues.remove('deleted');
    });
    await run(async ({ bus, client }) => {
      expect(bus.queues.counts().map(({ name }) => name)).toEqual(['orders', 'created']);
      await client.createSender('created').sendMessages({ body: 1 });
      const receiver = receiverOf(client, 'created');
      await receiver.abandonMessage((await receive(receiver))[0]);
      expect(bus.queues.counts()[1]).toMatchObject({ active: 0, deadLetter: 1 });
    });
  });

  it('cuts off the line that was being written when it was killed', async () => {
    const run = await inFolder();
    await run(async ({ client }) => client.createSender('orders').sendMessages({ body: 1 }));
    await appendFile(run.journal, '12345678 ["in","orders",[[2,1');
    const log: string[] = [];
    await run(async ({ client }) => client.createSender('orders').sendMessages({ body: 2 }), {
      log: (line) => log.push(line),
    });
    expect(log).toEqual([expect.stringContaining('were cut off')]);
    await run(async ({ client }) => {
      expect(await receiverOf(client).peekMessages(5)).toMatchObject([{ body: 1 }, { body: 2 }]);
    });
  });

  it('rewrites its journal at the start, without what is gone', async () => {
    const run = await inFolder();
    await run(async ({ client }) => {
      await client.createSender('orders').sendMessages([{ body: 'x'.repeat(50_000) }, { body: 'kept' }]);
      const receiver = receiverOf(client);
      await receiver.completeMessage((await receive(receiver))[0]);
    });
    expect((await stat(run.journal)).size).toBeGreaterThan(50_000);
    await run(async () => undefined);
    expect((await stat(run.journal)).size).toBeLessThan(5000);
  });

  it('rewrites its journal also when it grows, while it goes on working', async () => {
    const run = await inFolder();
    const body = 'x'.repeat(200_000);
    await run(async ({ client }) => {
      const sender = client.createSender('orders');
      const receiver = client.createReceiver('orders', { receiveMode: 'receiveAndDelete' });
      for (let round = 0; round < 10; round += 1) {
        await Promise.all(
          Array.from({ length: 20 }, (_, n) => sender.sendMessages({ body, messageId: `${round}-${n}` })),
        );
        await receive(receiver, round === 9 ? 15 : 20);
      }
    });
    // 200 messages of 200 kB in base64 were 53 MB.
    expect((await stat(run.journal)).size).toBeLessThan(35_000_000);
    await run(async ({ client }) => {
      const left = (await receiverOf(client).peekMessages(20)).map(({ messageId }) => messageId);
      expect(left).toEqual(['9-15', '9-16', '9-17', '9-18', '9-19']);
    });
  });

  it('waits for the disk when it is told to', async () => {
    const run = await inFolder();
    await run(async ({ client }) => client.createSender('orders').sendMessages({ body: 1 }), { sync: true });
    await run(async ({ bus }) => {
      expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
    });
  });
});
