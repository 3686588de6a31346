import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BusOptions } from '../../../local/bus/bus-options.ts';
import { startBus } from '../../../local/bus/start-bus.ts';
import { connect, receive, receiverOf, receiveWhatIsThere } from './support/test-bus.ts';

/** Runs `work` on a bus and stops it in order; the next one goes on in the same folder. */
const inFolder = async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'bus-'));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  return async (
    work: (client: ReturnType<typeof connect>, bus: Awaited<ReturnType<typeof startBus>>) => Promise<void>,
    options: BusOptions = {},
  ) => {
    const bus = await startBus({ queues: [{ name: 'orders' }], stateFolder, ...options });
    await work(connect(bus.connectionString), bus);
    await bus.close();
  };
};

describe('a bus with a state folder', () => {
  it('has its messages again after a restart', async () => {
    const run = await inFolder();
    await run(async (client) => {
      const sender = client.createSender('orders');
      await sender.sendMessages({ body: { n: 1 }, messageId: 'one', applicationProperties: { kind: 'a' } });
      await sender.sendMessages([{ body: 'two' }, { body: 'three' }]);
    });
    await run(async (client) => {
      const receiver = receiverOf(client);
      const messages = await receive(receiver, 3);
      expect(messages.map((message) => message.body as unknown)).toEqual([{ n: 1 }, 'two', 'three']);
      expect(messages[0].messageId).toBe('one');
      expect(messages[0].applicationProperties).toEqual({ kind: 'a' });
      expect(messages.map((message) => message.sequenceNumber?.toNumber())).toEqual([1, 2, 3]);
      await receiver.completeMessage(messages[1] ?? messages[0]);
    });
    await run(async (client) => {
      const messages = await receiveWhatIsThere(receiverOf(client));
      expect(messages.map((message) => message.body as unknown)).toEqual([{ n: 1 }, 'three']);
    });
  });
});
