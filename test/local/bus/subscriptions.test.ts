import { describe, expect, it } from 'vitest';
import { receive, startTestBus } from './support/testBus.ts';
import { bodiesOf, filtered, publish, sql, startWithTopic, subscriber } from './support/topics.ts';

describe('a subscription', () => {
  it('does all that a queue does', async () => {
    const { client, clock } = await startWithTopic([
      { name: 'a', maxDeliveryCount: 2, lockDurationMs: 5000 },
    ]);
    await publish(client, { body: 'complete' }, { body: 'defer' }, { body: 'dead' }, { body: 'expire' });
    const receiver = subscriber(client, 'a');
    const [complete, defer, dead] = await receive(receiver, 4);
    if (defer === undefined || dead === undefined) throw new Error('Too few.');
    await receiver.completeMessage(complete);
    await receiver.deferMessage(defer);
    await receiver.deadLetterMessage(dead, {
      deadLetterReason: 'why',
      deadLetterErrorDescription: 'because',
    });
    clock.advance(5001);
    const [again] = await receive(receiver);
    expect(again).toMatchObject({ body: 'expire', deliveryCount: 1 });
    await receiver.abandonMessage(again);
    const deadReceiver = client.createReceiver('news', 'a', { subQueueType: 'deadLetter' });
    expect(await deadReceiver.peekMessages(9)).toMatchObject([
      { body: 'dead', deadLetterReason: 'why' },
      { body: 'expire', deadLetterReason: 'MaxDeliveryCountExceeded' },
    ]);
    const { sequenceNumber } = defer;
    if (sequenceNumber === undefined) throw new Error('No number.');
    expect(await receiver.receiveDeferredMessages(sequenceNumber)).toMatchObject([{ body: 'defer' }]);
    const peeked = await receiver.peekMessages(9, { fromSequenceNumber: sequenceNumber });
    expect(peeked.map(({ body }) => body as unknown)).toEqual(['defer']);
  });

  it('gets what matches its filter', async () => {
    const { client } = await startWithTopic([
      filtered(
        'accounts',
        sql(`[http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName] = 'account'`),
      ),
      filtered('updates', { type: 'correlation', subject: 'Update', applicationProperties: { depth: 1 } }),
      filtered('subject', sql(`sys.Label LIKE 'Cre%'`)),
    ]);
    const entity = 'http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName';
    await publish(
      client,
      { body: 1, subject: 'Create', applicationProperties: { [entity]: 'account', depth: 1 } },
      { body: 2, subject: 'Update', applicationProperties: { [entity]: 'contact', depth: 1 } },
      { body: 3, subject: 'Update', applicationProperties: { [entity]: 'account', depth: 2 } },
    );
    expect(await bodiesOf(client, 'accounts')).toEqual([1, 3]);
    expect(await bodiesOf(client, 'updates')).toEqual([2]);
    expect(await bodiesOf(client, 'subject')).toEqual([1]);
  });

  it('that is disabled gets nothing, and the others go on', async () => {
    const { client, bus } = await startWithTopic([{ name: 'a', status: 'Disabled' }, { name: 'b' }]);
    await publish(client, { body: 1 });
    await bus.topics.putSubscription('news', { name: 'a' });
    await publish(client, { body: 2 });
    expect([await bodiesOf(client, 'a'), await bodiesOf(client, 'b')]).toEqual([[2], [1, 2]]);
  });

  it('refuses a filter that cannot be used before the bus starts', async () => {
    const start = startTestBus({ topics: [{ name: 'news', subscriptions: [filtered('a', sql('a ='))] }] });
    await expect(start).rejects.toThrow("The filter of rule 'only' cannot be used: it ends too early.");
  });
});
