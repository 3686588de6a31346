import rhea, { type EventContext, type Receiver } from 'rhea';
import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../local/bus/wire/sections.ts';
import { connectRaw } from './support/rawClient.ts';
import { startTestBus } from './support/testBus.ts';

const { types, message: codec } = rhea;

const start = async () => {
  const test = await startTestBus();
  const raw = await connectRaw(test.bus.port);
  await raw.putToken('orders');
  return { ...test, raw, counts: () => test.bus.queues.counts()[0] };
};

/** Values of every type a JavaScript client would change if it read and wrote them again. */
const precise = Buffer.from(
  codec.encode({
    message_id: types.wrap_uuid(Buffer.alloc(16, 3)),
    user_id: Buffer.from('user'),
    content_encoding: 'gzip',
    application_properties: {
      long: types.wrap_long(5),
      large: types.wrap_ulong(Buffer.from('ffffffffffffffff', 'hex')),
      symbol: types.wrap_symbol('s'),
      short: types.wrap_short(5),
      uuid: types.wrap_uuid(Buffer.alloc(16, 1)),
    },
    body: codec.data_section(Buffer.from('{"decimal":1.10}')),
  }),
);
const bare = (bytes: Buffer): string =>
  Buffer.concat(
    sectionsOf(bytes)
      .filter(({ code }) => code >= 0x73 && code <= 0x77)
      .map((section) => section.bytes),
  ).toString('hex');

const peek = async (raw: Awaited<ReturnType<typeof connectRaw>>, node = 'orders/$management') => {
  const answer = await raw.request(node, {
    application_properties: { operation: 'com.microsoft:peek-message' },
    body: { 'from-sequence-number': types.wrap_long(1), 'message-count': types.wrap_int(10) },
  });
  const { messages } = answer['body'] as { messages: { message: Buffer }[] };
  return messages.map(({ message }) => message);
};

const nextMessage = async (
  receiver: Receiver,
): Promise<Required<Pick<EventContext, 'delivery' | 'message'>>> => {
  const came = new Promise<EventContext>((resolve) => receiver.once('message', resolve));
  receiver.add_credit(1);
  const { delivery, message } = await came;
  if (delivery === undefined || message === undefined) throw new Error('No message came.');
  return { delivery, message };
};

describe('a client that is not the SDK', () => {
  it('finds its message byte for byte as it sent it', async () => {
    const { raw } = await start();
    const sender = await raw.openSender('orders');
    expect(await raw.sendBytes(sender, precise)).toEqual({ outcome: 'accepted', condition: undefined });
    const [peeked] = await peek(raw);
    expect(bare(peeked ?? Buffer.alloc(0))).toBe(bare(precise));
  });

  it('finds it so even after it was abandoned', async () => {
    const { raw, counts } = await start();
    await raw.sendBytes(await raw.openSender('orders'), precise);
    const receiver = await raw.openReceiver('orders', { rcv_settle_mode: 1, autosettle: true });
    (await nextMessage(receiver)).delivery.modified({ delivery_failed: true });
    expect((await nextMessage(receiver)).message['delivery_count']).toBe(1);
    const [peeked] = await peek(raw);
    expect(bare(peeked ?? Buffer.alloc(0))).toBe(bare(precise));
    expect(counts()).toMatchObject({ active: 1, locked: 1 });
  });

  it('may settle first', async () => {
    const { raw, counts } = await start();
    await raw.sendBytes(await raw.openSender('orders'), precise);
    const receiver = await raw.openReceiver('orders', { rcv_settle_mode: 0 });
    (await nextMessage(receiver)).delivery.accept();
    await expect.poll(counts).toMatchObject({ active: 0 });
  });

  it('abandons by releasing', async () => {
    const { raw } = await start();
    await raw.sendBytes(await raw.openSender('orders'), precise);
    const receiver = await raw.openReceiver('orders', { rcv_settle_mode: 1 });
    (await nextMessage(receiver)).delivery.release();
    expect((await nextMessage(receiver)).message['delivery_count']).toBe(1);
  });

  it('dead-letters by rejecting, with its error for a reason', async () => {
    const { raw, counts } = await start();
    await raw.sendBytes(await raw.openSender('orders'), precise);
    const receiver = await raw.openReceiver('orders', { rcv_settle_mode: 1 });
    (await nextMessage(receiver)).delivery.reject({ condition: 'app:broken', description: 'It is broken.' });
    await expect.poll(counts).toMatchObject({ deadLetter: 1 });
    await raw.putToken('orders/$DeadLetterQueue');
    const [dead] = await peek(raw, 'orders/$DeadLetterQueue/$management');
    expect(codec.decode(dead ?? Buffer.alloc(0))).toMatchObject({
      application_properties: { DeadLetterReason: 'app:broken', DeadLetterErrorDescription: 'It is broken.' },
    });
  });

  it('may ask for credit together with the link', async () => {
    const { raw } = await start();
    await raw.sendBytes(await raw.openSender('orders'), precise);
    const receiver = raw.connection.open_receiver({ source: { address: 'orders' }, credit_window: 1 });
    await new Promise((resolve) => receiver.once('message', resolve));
  });

  it('may send without waiting for an answer', async () => {
    const { raw, counts } = await start();
    const sender = await raw.openSender('orders', { snd_settle_mode: 1 });
    if (!sender.sendable()) await new Promise((resolve) => sender.once('sendable', resolve));
    sender.send(precise, undefined, 0);
    await expect.poll(counts).toMatchObject({ active: 1 });
  });

  it('is told when what it sends is no message', async () => {
    const { raw, counts } = await start();
    const sender = await raw.openSender('orders');
    expect(await raw.sendBytes(sender, Buffer.from('no message'))).toEqual({
      outcome: 'rejected',
      condition: 'amqp:decode-error',
    });
    expect((await raw.sendBytes(sender, precise)).outcome).toBe('accepted');
    expect(counts()).toMatchObject({ active: 1 });
  });

  it('is told when the management node does not know what it wants', async () => {
    const { raw } = await start();
    const unknown = await raw.request('orders/$management', {
      application_properties: { operation: 'com.microsoft:unheard-of' },
      body: {},
    });
    expect(unknown['application_properties']).toMatchObject({
      statusCode: 501,
      errorCondition: 'amqp:not-implemented',
    });
    const incomplete = await raw.request('orders/$management', {
      application_properties: { operation: 'com.microsoft:renew-lock' },
      body: {},
    });
    expect(incomplete['application_properties']).toMatchObject({ statusCode: 400 });
  });

  it('gets nothing without a token', async () => {
    const { bus } = await startTestBus();
    const raw = await connectRaw(bus.port);
    for (const opening of [
      raw.openSender('orders'),
      raw.openReceiver('orders'),
      raw.openSender('orders/$management'),
      raw.openReceiver('orders/$management'),
    ]) {
      await expect(opening).rejects.toThrow('amqp:unauthorized-access');
    }
  });

  it('is refused a link to nowhere', async () => {
    const { raw } = await start();
    await expect(raw.openSender('')).rejects.toThrow('amqp:not-allowed');
    await expect(raw.openReceiver('')).rejects.toThrow('amqp:not-allowed');
  });
});
