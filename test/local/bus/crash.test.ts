import { describe, expect, it } from 'vitest';
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { FaultRule } from '../../../local/bus/faults/faultRule.ts';
import { temporaryFolder } from '../support/program.ts';
import { useBusProgram } from './support/busProgram.ts';
import { connect, failureOf, receive, receiverOf } from './support/testBus.ts';

const program = useBusProgram();
const queues = [{ name: 'orders', duplicateDetectionWindowMs: 3_600_000 }];

/** Everything in the queue, without taking it. */
const contents = async (connectionString: string): Promise<ServiceBusReceivedMessage[]> => {
  const receiver = receiverOf(connect(connectionString));
  const all: ServiceBusReceivedMessage[] = [];
  for (;;) {
    const more = await receiver.peekMessages(250);
    if (more.length === 0) return all;
    all.push(...more);
  }
};
const ids = (messages: readonly ServiceBusReceivedMessage[]) =>
  messages.map(({ messageId }) => String(messageId));

describe('a bus that dies', () => {
  it.each<[string, FaultRule, number]>([
    ['before it stores a message, does not have it', { where: 'transfer', what: 'die' }, 1],
    [
      'after it stored a message and before it said so, has it',
      { where: 'transfer', what: 'die', when: 'after' },
      2,
    ],
  ])('%s', async (_name, rule, stored) => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ queues, stateFolder });
    const sender = connect(bus.ready.connectionString).createSender('orders');
    await sender.sendMessages({ body: 'first', messageId: 'first' });
    await bus.control.putFaults([rule]);
    expect((await failureOf(sender.sendMessages({ body: 'x', messageId: 'second' }))).code).toBe(
      'ServiceTimeout',
    );
    expect(await bus.ended).toEqual({ code: null, signal: 'SIGKILL' });

    const again = await program.start({ queues, stateFolder });
    expect(await again.control.queue('orders')).toMatchObject({ active: stored });
    // Whatever happened, sending again makes it exactly one.
    await connect(again.ready.connectionString)
      .createSender('orders')
      .sendMessages({ body: 'x', messageId: 'second' });
    expect(ids(await contents(again.ready.connectionString))).toEqual(['first', 'second']);
  });

  it('after it carried a settlement out and before it said so, has not got the message any more', async () => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ queues, stateFolder });
    const client = connect(bus.ready.connectionString);
    await client.createSender('orders').sendMessages({ body: 'x' });
    const receiver = receiverOf(client);
    const [message] = await receive(receiver);
    await bus.control.putFaults([{ where: 'disposition', what: 'die', when: 'after' }]);
    await failureOf(receiver.completeMessage(message));
    await bus.ended;
    const again = await program.start({ queues, stateFolder });
    expect(await again.control.queue('orders')).toMatchObject({ active: 0 });
  });

  it('at any moment under load, loses nothing that it answered', async () => {
    const stateFolder = await temporaryFolder();
    const accepted = new Set<string>();
    const completed = new Set<string>();
    /** Settled without an answer: the bus may or may not have done it. */
    const unknown = new Set<string>();
    let sent = 0;
    for (let round = 0; round < 4; round += 1) {
      const bus = await program.start({ queues, stateFolder });
      const client = connect(bus.ready.connectionString, {
        retryOptions: { maxRetries: 0, timeoutInMs: 2000 },
      });
      const sender = client.createSender('orders');
      let alive = true;
      const send = async (): Promise<void> => {
        while (alive) {
          const messageId = `m${sent}`;
          sent += 1;
          const ended = await sender.sendMessages({ body: messageId, messageId }).then(
            () => true,
            () => false,
          );
          if (ended) accepted.add(messageId);
          else return;
        }
      };
      const complete = async (): Promise<void> => {
        const receiver = receiverOf(client);
        while (alive) {
          const messages = await receiver.receiveMessages(20, { maxWaitTimeInMs: 100 }).catch(() => []);
          for (const message of messages) {
            const ended = await receiver.completeMessage(message).then(
              () => true,
              () => false,
            );
            (ended ? completed : unknown).add(String(message.messageId));
            if (!ended) return;
          }
        }
      };
      const work = Promise.all([...Array.from({ length: 16 }, send), complete()]);
      // Not a time but an amount of work, a different one each round.
      await expect
        .poll(() => accepted.size, { timeout: 30_000, interval: 1 })
        .toBeGreaterThan((round + 1) * 250);
      await bus.kill();
      alive = false;
      await work;
    }
    const last = await program.start({ queues, stateFolder });
    const left = ids(await contents(last.ready.connectionString));
    const isGone = (id: string) => completed.has(id) || unknown.has(id);
    expect([...accepted].filter((id) => !isGone(id) && !left.includes(id))).toEqual([]);
    expect(left.filter((id) => completed.has(id))).toEqual([]);
    expect(new Set(left).size).toBe(left.length);
    expect(accepted.size).toBeGreaterThan(1000);
  });
});
