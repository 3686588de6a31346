import { describe, expect, it } from 'vitest';
import { failureOf } from './support/testBus.ts';
import { bodiesOf, publish, startWithTopic } from './support/topics.ts';

describe('the rule manager', () => {
  it('lists, adds and removes rules', async () => {
    const { client } = await startWithTopic([{ name: 'a' }]);
    const rules = client.createRuleManager('news', 'a');
    const list = async () => {
      const all = [];
      for await (const rule of rules.listRules()) all.push(rule);
      return all;
    };
    expect(await list()).toEqual([{ name: '$Default', filter: { sqlExpression: '1=1' }, action: {} }]);
    await rules.deleteRule('$default');
    await rules.createRule('sql', { sqlExpression: 'n > 1' });
    await rules.createRule('equal', { subject: 'x', applicationProperties: { n: 1, t: 'y', b: true } });
    expect(await list()).toMatchObject([
      { name: 'sql', filter: { sqlExpression: 'n > 1' } },
      { name: 'equal', filter: { subject: 'x', applicationProperties: { n: 1, t: 'y', b: true } } },
    ]);
    await publish(
      client,
      { body: 1, applicationProperties: { n: 2 } },
      { body: 2, subject: 'x', applicationProperties: { n: 1, t: 'y', b: true } },
      { body: 3, subject: 'x', applicationProperties: { n: 1, t: 'y' } },
    );
    expect(await bodiesOf(client, 'a')).toEqual([1, 2]);
    for (const name of ['sql', 'equal']) await rules.deleteRule(name);
    // The SDK's way of saying that there are none.
    expect(await list()).toEqual([undefined]);
  });

  it('refuses what is there, what is not there, actions, and filters that cannot be used', async () => {
    const { client } = await startWithTopic([{ name: 'a' }]);
    const rules = client.createRuleManager('news', 'a');
    const create = (name: string, sqlExpression: string, action?: string) =>
      failureOf(
        rules.createRule(
          name,
          { sqlExpression },
          action === undefined ? undefined : { sqlExpression: action },
        ),
      );
    expect((await create('$Default', '1=1')).message).toContain('already exists');
    expect((await create('x', '1=')).message).toContain('it ends too early');
    expect((await create('x', '1=1', 'SET a = 1')).message).toContain('no actions');
    expect((await failureOf(rules.deleteRule('missing'))).code).toBe('MessagingEntityNotFound');
    const ofQueue = client.createRuleManager('orders', 'a').deleteRule('x');
    expect((await failureOf(ofQueue)).code).toBe('MessagingEntityNotFound');
  });
});
