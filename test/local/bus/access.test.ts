import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccessKey } from '../../../local/sas/accessKey.ts';
import { rootKey } from '../../../local/sas/rootKey.ts';
import { createClock } from '../../../local/bus/clock/clock.ts';
import { connect, failureOf, receive, receiverOf, startTestBus, timeoutMs } from './support/testBus.ts';

const keyWith = (name: string, ...rights: AccessKey['rights']): AccessKey => ({
  name,
  rights,
  primaryKey: `primary of ${name}`,
  secondaryKey: `secondary of ${name}`,
});

const keys = [
  rootKey,
  keyWith('sender', 'Send'),
  keyWith('listener', 'Listen'),
  keyWith('both', 'Send', 'Listen'),
];
const queueKey = keyWith('orders-only', 'Send', 'Listen');

const start = () =>
  startTestBus({ keys, queues: [{ name: 'orders', keys: [queueKey] }, { name: 'invoices' }] });

type TestBus = Awaited<ReturnType<typeof start>>;
const clientWith = (
  { bus }: TestBus,
  options: Parameters<TestBus['bus']['connectionStringFor']>[0],
  queue?: string,
) => connect(bus.connectionStringFor({ ...options, ...(queue !== undefined && { entityPath: queue }) }));

/** A token as any client makes it. */
const sasFor = (uri: string, key: AccessKey, expiresInSeconds: number) => {
  const resource = encodeURIComponent(uri);
  const expiry = Math.floor(Date.now() / 1000) + expiresInSeconds;
  const signature = createHmac('sha256', key.primaryKey).update(`${resource}\n${expiry}`).digest('base64');
  return `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${expiry}&skn=${key.name}`;
};
const clientWithSas = ({ bus }: TestBus, sas: string) =>
  connect(`Endpoint=sb://127.0.0.1:${bus.port};SharedAccessSignature=${sas};UseDevelopmentEmulator=true`);

const send = (client: ReturnType<typeof connect>, queue = 'orders') =>
  client.createSender(queue).sendMessages({ body: 'x' });

describe('access to a queue', () => {
  it.each([
    ['first', false],
    ['second', true],
  ])('is given by the %s secret of a key', async (_name, secondary) => {
    const test = await start();
    const client = clientWith(test, { keyName: 'both', secondary });
    await send(client);
    expect((await receive(receiverOf(client)))[0].body).toBe('x');
  });

  it('is refused for a wrong secret and for an unknown key', async () => {
    const test = await start();
    for (const key of [{ ...rootKey, primaryKey: 'wrong' }, keyWith('unknown', 'Manage')]) {
      const error = await failureOf(send(clientWith(test, { key })));
      expect(error.code).toBe('UnauthorizedAccess');
      expect(error.message).toContain('InvalidSignature');
    }
  });

  it('needs Send to send and to schedule', async () => {
    const test = await start();
    const sender = clientWith(test, { keyName: 'listener' }).createSender('orders');
    const error = await failureOf(sender.sendMessages({ body: 'x' }));
    expect(error.code).toBe('UnauthorizedAccess');
    expect(error.message).toContain("'Send' claim(s) are required");
    const scheduled = sender.scheduleMessages({ body: 'x' }, new Date(Date.now() + 60_000));
    expect((await failureOf(scheduled)).code).toBe('UnauthorizedAccess');
    await send(clientWith(test, { keyName: 'sender' }));
  });

  it('needs Listen to receive and to peek', async () => {
    const test = await start();
    const receiver = receiverOf(clientWith(test, { keyName: 'sender' }));
    const error = await failureOf(receiver.receiveMessages(1));
    expect(error.code).toBe('UnauthorizedAccess');
    expect(error.message).toContain("'Listen' claim(s) are required");
    expect((await failureOf(receiver.peekMessages(1))).code).toBe('UnauthorizedAccess');
    expect(await receiverOf(clientWith(test, { keyName: 'listener' })).peekMessages(1)).toEqual([]);
  });

  it('is given by a key of that queue alone, its dead letters included', async () => {
    const test = await start();
    const client = clientWith(test, { key: queueKey }, 'orders');
    await send(client);
    expect(await receiverOf(client, 'orders', { subQueueType: 'deadLetter' }).peekMessages(1)).toEqual([]);
    const other = clientWith(test, { key: queueKey });
    expect((await failureOf(send(other, 'invoices'))).code).toBe('UnauthorizedAccess');
  });

  it('is judged before anybody learns whether a queue exists', async () => {
    const test = await start();
    const stranger = clientWith(test, { key: { ...rootKey, primaryKey: 'wrong' } });
    expect((await failureOf(send(stranger, 'nowhere'))).code).toBe('UnauthorizedAccess');
    expect((await failureOf(send(test.client, 'nowhere'))).code).toBe('MessagingEntityNotFound');
  });

  it('is given by a ready-made token for what it was made for', async () => {
    const test = await start();
    const uri = `sb://127.0.0.1:${test.bus.port}/`;
    await send(clientWithSas(test, sasFor(uri, rootKey, 600)));
    await send(clientWithSas(test, sasFor(`${uri}orders`, rootKey, 600)));
    const elsewhere = await failureOf(send(clientWithSas(test, sasFor(`${uri}invoices`, rootKey, 600))));
    expect(elsewhere.message).toContain('InvalidAudience');
  });

  it('is refused for a token that has expired, or is none', async () => {
    const test = await start();
    const uri = `sb://127.0.0.1:${test.bus.port}/`;
    const expired = await failureOf(send(clientWithSas(test, sasFor(uri, rootKey, -10))));
    expect(expired).toMatchObject({ code: 'UnauthorizedAccess' });
    expect(expired.message).toContain('ExpiredToken');
    const malformed = await failureOf(send(clientWithSas(test, 'SharedAccessSignature sr=only')));
    expect(malformed.code).toBe('UnauthorizedAccess');
  });

  it(
    'ends on a live link when the token runs out',
    async () => {
      const tokenClock = createClock();
      const { client, bus } = await startTestBus({ tokenClock });
      const sender = client.createSender('orders');
      await sender.sendMessages({ body: 1 });
      const errors: string[] = [];
      const closed = new Promise<void>((resolve) => {
        receiverOf(client).subscribe({
          processMessage: async () => undefined,
          processError: async ({ error }) => {
            errors.push(error.message);
            resolve();
          },
        });
      });
      await expect.poll(() => bus.queues.counts()[0]?.active).toBe(0);
      tokenClock.advance(3_601_000);
      await closed;
      expect(errors[0]).toContain('Code: RenewToken.');
      expect((await failureOf(sender.sendMessages({ body: 2 }))).code).toBe('UnauthorizedAccess');
    },
    20 * timeoutMs,
  );

  it('goes on when the token is renewed in time', async () => {
    const tokenClock = createClock();
    const test = await startTestBus({ tokenClock });
    const uri = `sb://127.0.0.1:${test.bus.port}/`;
    const client = clientWithSas(test, sasFor(uri, rootKey, 100));
    await send(client);
    tokenClock.advance(50_000);
    const longer = clientWithSas(test, sasFor(uri, rootKey, 1000));
    await send(longer);
    tokenClock.advance(60_000);
    await send(longer);
    expect(test.bus.queues.counts()).toMatchObject([{ active: 3 }]);
  });
});
