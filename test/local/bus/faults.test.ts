import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/bus/faults/faultRule.ts';
import { notFound, serverBusy, throttled, unauthorized } from '../../../local/bus/faults/presets.ts';
import { connect, failureOf, receive, receiverOf, startTestBus, timeoutMs } from './support/testBus.ts';

/** Where a test that runs beside others cleans up. */
type OnFinished = [onFinished?: Parameters<typeof startTestBus>[1]];

const startWith = async (rules: readonly FaultRule[], ...onFinished: OnFinished) => {
  const test = await startTestBus({ faults: rules }, ...onFinished);
  const stored = () => test.bus.queues.counts()[0]?.active;
  const send = (client = test.client) => client.createSender('orders').sendMessages({ body: 'x' });
  return { ...test, send, stored };
};

const retrying = { retryOptions: { maxRetries: 2, retryDelayInMs: 50, timeoutInMs: timeoutMs } };

/** What one attempt to send ends with, and how many copies are stored. */
interface Effect {
  readonly name: string;
  readonly rule: FaultRule;
  /** Undefined: no code; `sent`: success. */
  readonly code: string | undefined;
  readonly stored: number;
}

const forced = 'amqp:connection:forced';

describe('a fault while a client sends', () => {
  it.concurrent.for<Effect>([
    { name: 'connection reset', rule: { where: 'connect', what: 'reset' }, code: 'GeneralError', stored: 0 },
    { name: 'connection dropped', rule: { where: 'connect', what: 'drop' }, code: undefined, stored: 0 },
    { name: 'connection mute', rule: { where: 'connect', what: 'mute' }, code: 'ServiceTimeout', stored: 0 },
    { name: 'open reset', rule: { where: 'open', what: 'reset' }, code: 'GeneralError', stored: 0 },
    { name: 'open dropped', rule: { where: 'open', what: 'drop' }, code: undefined, stored: 0 },
    { name: 'open mute', rule: { where: 'open', what: 'mute' }, code: 'ServiceTimeout', stored: 0 },
    {
      name: 'open closed with an error',
      rule: { where: 'open', what: 'close', condition: forced },
      code: 'GeneralError',
      stored: 0,
    },
    { name: '$cbs mute', rule: { where: 'cbs', what: 'mute' }, code: 'ServiceTimeout', stored: 0 },
    {
      name: '$cbs 401',
      rule: { where: 'cbs', what: 'status', status: 401 },
      code: 'UnauthorizedAccess',
      stored: 0,
    },
    { name: '$cbs 503', rule: { where: 'cbs', what: 'status', status: 503 }, code: 'ServiceBusy', stored: 0 },
    {
      name: '$cbs with a condition',
      rule: { where: 'cbs', what: 'status', status: 500, condition: 'com.microsoft:entity-disabled' },
      code: 'MessagingEntityDisabled',
      stored: 0,
    },
    {
      name: 'attach mute',
      rule: { where: 'attach', what: 'mute', entity: 'orders' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'attach refused',
      rule: { where: 'attach', what: 'refuse', entity: 'orders', condition: 'com.microsoft:server-busy' },
      code: 'ServiceBusy',
      stored: 0,
    },
    {
      name: 'attach without credit',
      rule: { where: 'attach', what: 'noCredit', entity: 'orders' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'transfer rejected',
      rule: { where: 'transfer', what: 'reject', condition: 'com.microsoft:timeout' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'transfer released',
      rule: { where: 'transfer', what: 'release' },
      code: 'GeneralError',
      stored: 0,
    },
    {
      name: 'transfer modified',
      rule: { where: 'transfer', what: 'modify' },
      code: 'GeneralError',
      stored: 0,
    },
    { name: 'transfer mute', rule: { where: 'transfer', what: 'mute' }, code: 'ServiceTimeout', stored: 0 },
    {
      name: 'transfer mute after the store',
      rule: { where: 'transfer', what: 'mute', when: 'after' },
      code: 'ServiceTimeout',
      stored: 1,
    },
    {
      name: 'socket reset before the store',
      rule: { where: 'transfer', what: 'reset' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'socket reset after the store',
      rule: { where: 'transfer', what: 'reset', when: 'after' },
      code: 'ServiceTimeout',
      stored: 1,
    },
    {
      name: 'link detached before the store',
      rule: { where: 'transfer', what: 'detach', condition: 'amqp:link:detach-forced' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'link detached after the store',
      rule: { where: 'transfer', what: 'detach', when: 'after', condition: 'amqp:link:detach-forced' },
      code: 'ServiceTimeout',
      stored: 1,
    },
    {
      name: 'session ended',
      rule: { where: 'transfer', what: 'endSession', condition: 'amqp:internal-error' },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'connection closed',
      rule: { where: 'transfer', what: 'close', condition: forced },
      code: 'ServiceTimeout',
      stored: 0,
    },
    {
      name: 'rejected although stored',
      rule: { where: 'transfer', what: 'reject', when: 'after', condition: 'amqp:internal-error' },
      code: 'GeneralError',
      stored: 1,
    },
  ])('$name', async ({ rule, code, stored }, { expect, onTestFinished }) => {
    const test = await startWith([rule], onTestFinished);
    const error = await failureOf(test.send());
    expect(error.code).toBe(code);
    expect(test.stored()).toBe(stored);
    expect(test.bus.faults.hits).toMatchObject([{ rule: 0, where: rule.where, what: rule.what }]);
  });

  it.each<FaultRule>([
    { where: 'transfer', what: 'reset' },
    { where: 'transfer', what: 'detach', condition: 'amqp:link:detach-forced' },
    { where: 'transfer', what: 'endSession', condition: 'amqp:internal-error' },
    { where: 'transfer', what: 'close', condition: forced },
    { where: 'transfer', what: 'reject', condition: 'com.microsoft:server-busy' },
    { where: 'cbs', what: 'status', status: 401 },
  ])('is overcome by a client that tries again: $where $what', async (rule) => {
    const test = await startWith([rule]);
    await test.send(connect(test.bus.connectionString, retrying));
    expect(test.stored()).toBe(1);
  });

  it('makes a duplicate when a client tries again what was stored', async () => {
    const test = await startWith([{ where: 'transfer', what: 'reset', when: 'after' }]);
    await test.send(connect(test.bus.connectionString, retrying));
    expect(test.stored()).toBe(2);
  });

  it('makes no duplicate where duplicates are looked for', async () => {
    const { bus } = await startTestBus({
      queues: [{ name: 'orders', duplicateDetectionWindowMs: 60_000 }],
      faults: [{ where: 'transfer', what: 'reset', when: 'after' }],
    });
    const client = connect(bus.connectionString, retrying);
    await client.createSender('orders').sendMessages({ body: 'x', messageId: 'same' });
    expect(bus.queues.counts()).toMatchObject([{ active: 1, droppedDuplicates: 1 }]);
  });

  it('delays an answer by the clock of the broker', async () => {
    const { bus, clock, send } = await startWith([{ where: 'transfer', what: 'delay', delayMs: 3_600_000 }]);
    const sent = send();
    await expect.poll(() => bus.faults.hits.length).toBe(1);
    expect(bus.queues.counts()).toMatchObject([{ active: 0 }]);
    clock.advance(3_600_000);
    await sent;
    expect(bus.queues.counts()).toMatchObject([{ active: 1 }]);
  });

  it('rejects what exceeds a rate', async () => {
    // The clock stands still but for real time: by the second, 40 transfers are at most in two of them.
    const { client, stored, bus } = await startWith([throttled('orders', 5)]);
    const sender = client.createSender('orders');
    const sent = await Promise.allSettled(
      Array.from({ length: 40 }, () => sender.sendMessages({ body: 'x' })),
    );
    const refused = sent.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length + (stored() ?? 0)).toBe(40);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(bus.faults.hits).toHaveLength(refused.length);
    expect((await failureOf(Promise.reject(refused[0]?.reason as Error))).code).toBe('ServiceBusy');
  });
});

describe('a fault while a message is settled', () => {
  const settleWith = async (rule: FaultRule, ...onFinished: OnFinished) => {
    const test = await startWith([], ...onFinished);
    await test.send();
    const receiver = receiverOf(test.client);
    const [message] = await receive(receiver);
    test.bus.faults.put([rule]);
    return { ...test, failure: await failureOf(receiver.completeMessage(message)) };
  };

  it.concurrent.for<[FaultRule, string, number]>([
    [{ where: 'disposition', what: 'mute' }, 'ServiceTimeout', 1],
    [{ where: 'disposition', what: 'mute', when: 'after' }, 'ServiceTimeout', 0],
    [{ where: 'disposition', what: 'reset' }, 'ServiceTimeout', 1],
    [{ where: 'disposition', what: 'reset', when: 'after' }, 'ServiceTimeout', 0],
    [{ where: 'disposition', what: 'close', condition: forced }, 'ServiceTimeout', 1],
    [{ where: 'disposition', what: 'detach', condition: forced }, 'ServiceTimeout', 1],
    [{ where: 'disposition', what: 'endSession', condition: forced }, 'ServiceTimeout', 1],
    [
      { where: 'disposition', what: 'reject', condition: 'com.microsoft:message-lock-lost' },
      'MessageLockLost',
      1,
    ],
  ])('%o', async ([rule, code, left], { expect, onTestFinished }) => {
    const { failure, stored, bus } = await settleWith(rule, onTestFinished);
    expect(failure.code).toBe(code);
    expect(stored()).toBe(left);
    expect(bus.faults.hits).toHaveLength(1);
  });
});

describe('a fault at the management node', () => {
  it.concurrent.for<[FaultRule, string]>([
    [{ where: 'management', what: 'mute' }, 'ServiceTimeout'],
    [{ where: 'management', what: 'reset' }, 'ServiceTimeout'],
    [{ where: 'management', what: 'close', condition: forced }, 'ServiceTimeout'],
    [{ where: 'management', what: 'status', status: 503 }, 'ServiceBusy'],
    [
      { where: 'management', what: 'status', status: 500, condition: 'com.microsoft:timeout' },
      'ServiceTimeout',
    ],
  ])('%o', async ([rule, code], { expect, onTestFinished }) => {
    const { client, bus } = await startWith([rule], onTestFinished);
    const scheduled = client
      .createSender('orders')
      .scheduleMessages({ body: 'x' }, new Date(Date.now() + 60_000));
    expect((await failureOf(scheduled)).code).toBe(code);
    expect(bus.queues.counts()).toMatchObject([{ scheduled: 0 }]);
  });

  it('may strike after the work is done', async () => {
    const { client, bus } = await startWith([{ where: 'management', what: 'mute', when: 'after' }]);
    const scheduled = client
      .createSender('orders')
      .scheduleMessages({ body: 'x' }, new Date(Date.now() + 60_000));
    expect((await failureOf(scheduled)).code).toBe('ServiceTimeout');
    expect(bus.queues.counts()).toMatchObject([{ scheduled: 1 }]);
  });
});

describe('fault rules', () => {
  it('strike once unless they say otherwise', async () => {
    const { client, bus } = await startWith([{ where: 'transfer', what: 'release' }]);
    const sender = client.createSender('orders');
    await failureOf(sender.sendMessages({ body: 1 }));
    await sender.sendMessages({ body: 2 });
    expect(bus.faults.hits).toHaveLength(1);
  });

  it('let pass and strike as often as they say', async () => {
    const { client, bus } = await startWith([
      {
        where: 'transfer',
        what: 'release',
        afterHowMany: 2,
        howOften: 2,
      },
    ]);
    const sender = client.createSender('orders');
    const outcomes: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      outcomes.push(
        await sender.sendMessages({ body: n }).then(
          () => 'sent',
          () => 'failed',
        ),
      );
    }
    expect(outcomes).toEqual(['sent', 'sent', 'failed', 'failed', 'sent', 'sent']);
    expect(bus.faults.hits).toHaveLength(2);
  });

  it('strike always when they say so, until others are put', async () => {
    const { client, bus } = await startWith([{ where: 'transfer', what: 'release', howOften: 'always' }]);
    const sender = client.createSender('orders');
    for (let n = 0; n < 3; n += 1) await failureOf(sender.sendMessages({ body: n }));
    expect(bus.faults.hits).toHaveLength(3);
    bus.faults.put([]);
    await sender.sendMessages({ body: 'x' });
    expect(bus.faults.hits).toEqual([]);
  });

  it('strike the queue they name only, in any case', async () => {
    const { client, bus } = await startTestBus({
      queues: [{ name: 'orders' }, { name: 'invoices' }],
      faults: [{ where: 'transfer', what: 'release', entity: 'INVOICES', howOften: 'always' }],
    });
    await client.createSender('orders').sendMessages({ body: 1 });
    await failureOf(client.createSender('invoices').sendMessages({ body: 1 }));
    expect(bus.faults.hits).toMatchObject([{ entity: 'invoices', when: 'before' }]);
  });

  it('strike attaching senders or receivers only, when they name a role', async () => {
    const { client, send } = await startWith([
      {
        where: 'attach',
        what: 'refuse',
        role: 'receiver',
        entity: 'orders',
        condition: 'amqp:internal-error',
        howOften: 'always',
      },
    ]);
    await send();
    expect((await failureOf(receiverOf(client).receiveMessages(1))).code).toBe('GeneralError');
  });

  it('are refused where a fault cannot happen', async () => {
    const { bus } = await startWith([]);
    expect(() => bus.faults.put([{ where: 'cbs', what: 'noCredit' }])).toThrow(
      "Fault 0: 'noCredit' cannot happen at 'cbs'.",
    );
    expect(() => bus.faults.put([{ where: 'open', what: 'reset', when: 'after' }])).toThrow("no 'after'");
  });

  it.each<[string, FaultRule, string]>([
    ['unauthorized', unauthorized('orders'), 'UnauthorizedAccess'],
    ['not found', notFound('orders'), 'MessagingEntityNotFound'],
    ['server busy', serverBusy('orders'), 'ServiceBusy'],
  ])('come ready-made: %s', async (_name, rule, code) => {
    const { send } = await startWith([rule]);
    expect((await failureOf(send())).code).toBe(code);
    expect((await failureOf(send())).code).toBe(code);
  });
});

describe('an outage', () => {
  it('refuses connections, and ends on the same port with everything still there', async () => {
    const { bus, send, stored } = await startWith([]);
    await send();
    await bus.stopListening();
    const error = await failureOf(send(connect(bus.connectionString)));
    expect(error.message).toContain('ECONNREFUSED');
    await bus.listen();
    await send(connect(bus.connectionString));
    expect(stored()).toBe(2);
  });

  it('cuts connections and lets a receiver come back by itself', async () => {
    const { bus, client, send } = await startWith([]);
    const bodies: unknown[] = [];
    receiverOf(client).subscribe({
      processMessage: async ({ body }) => void bodies.push(body),
      processError: async () => undefined,
    });
    await send();
    await expect.poll(() => bodies.length).toBe(1);
    await bus.stopListening();
    await bus.listen();
    await send(connect(bus.connectionString));
    await expect.poll(() => bodies.length, { timeout: 40_000 }).toBe(2);
  });
});
