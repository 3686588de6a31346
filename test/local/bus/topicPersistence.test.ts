import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/bus/faults/faultRule.ts';
import { temporaryFolder } from '../support/program.ts';
import { useBusProgram } from './support/busProgram.ts';
import { connect, failureOf, receive } from './support/testBus.ts';
import { bodiesOf, publish, subscriber } from './support/topics.ts';

const program = useBusProgram();
const topics = [
  { name: 'news', duplicateDetectionWindowMs: 3_600_000, subscriptions: [{ name: 'a' }, { name: 'b' }] },
];

describe('a topic after kill -9', () => {
  it.each<[string, FaultRule, unknown[]]>([
    ['before a message was stored, has it in no subscription', { where: 'transfer', what: 'die' }, []],
    ['after it was stored, has it in all', { where: 'transfer', what: 'die', when: 'after' }, ['x']],
  ])('%s', async (_name, rule, there) => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ topics, stateFolder, faults: [rule] });
    const client = connect(bus.ready.connectionString);
    expect((await failureOf(publish(client, { body: 'x', messageId: 'id' }))).code).toBe('ServiceTimeout');
    await bus.ended;
    const again = await program.start({ topics, stateFolder });
    const after = connect(again.ready.connectionString);
    expect([await bodiesOf(after, 'a'), await bodiesOf(after, 'b')]).toEqual([there, there]);
    // Sending again makes it exactly one.
    await publish(after, { body: 'x', messageId: 'id' });
    expect(await again.control.topic('news')).toMatchObject({
      subscriptions: [{ active: 1 }, { active: 1 }],
    });
  });

  it('has its settlements, rules, scheduled messages and numbers', async () => {
    const stateFolder = await temporaryFolder();
    const bus = await program.start({ topics, stateFolder });
    const client = connect(bus.ready.connectionString);
    await publish(client, { body: 1 }, { body: 2 });
    const receiver = subscriber(client, 'a');
    const [first] = await receive(receiver);
    await receiver.completeMessage(first);
    await client.createSender('news').scheduleMessages({ body: 'later' }, new Date(Date.now() + 3_600_000));
    const rules = client.createRuleManager('news', 'b');
    await rules.deleteRule('$Default');
    await rules.createRule('n', { sqlExpression: 'n = 1' });
    await bus.kill();

    // Without a configuration and from a compacted journal, too.
    for (const config of [{ topics, stateFolder }, { stateFolder }]) {
      const again = await program.start(config);
      expect(await again.control.topic('news')).toMatchObject({
        scheduled: 1,
        subscriptions: [
          { name: 'a', active: 1 },
          { name: 'b', active: 2 },
        ],
      });
      await again.kill();
    }
    const last = await program.start({ stateFolder });
    const after = connect(last.ready.connectionString);
    await last.control.advanceClock(3_600_000);
    await publish(after, { body: 3, applicationProperties: { n: 1 } }, { body: 4 });
    const messages = await receive(subscriber(after, 'a'), 4);
    expect(messages.map(({ body, sequenceNumber }) => [body as unknown, sequenceNumber?.toNumber()])).toEqual(
      [
        [2, 2],
        ['later', 3],
        [3, 4],
        [4, 5],
      ],
    );
    expect(await bodiesOf(after, 'b')).toEqual([1, 2, 3]);
  });
});
