import fc from 'fast-check';
import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { changeProperties } from '../../../local/bus/wire/applicationProperties.ts';
import { batchFormat, messagesOf } from '../../../local/bus/wire/batch.ts';
import { decodeValue } from '../../../local/bus/wire/decode.ts';
import { toDelivered } from '../../../local/bus/wire/deliveredMessage.ts';
import { encodeInt } from '../../../local/bus/wire/encode.ts';
import { valueEnd } from '../../../local/bus/wire/layout.ts';
import { readMessage } from '../../../local/bus/wire/messageParts.ts';
import { sectionCode, sectionsOf } from '../../../local/bus/wire/sections.ts';
import { fromStored, toStored } from '../../../local/bus/wire/storedMessage.ts';

/** An implementation that is not ours writes what ours reads, and the other way round. */
const { types, message: codec } = rhea;

const encode = (value: unknown): Buffer => {
  const writer = new (
    types as unknown as { Writer: new () => { write(value: unknown): void; toBuffer(): Buffer } }
  ).Writer();
  writer.write(value);
  return Buffer.from(writer.toBuffer());
};

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true }).filter((value) => !Number.isInteger(value)),
  fc.constant(null),
);
const properties = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), scalar, { maxKeys: 8 });

const typed: readonly (readonly [name: string, value: unknown])[] = [
  ['long', types.wrap_long(-5)],
  ['large long', types.wrap_long(Buffer.from('7fffffffffffffff', 'hex'))],
  ['ulong', types.wrap_ulong(2 ** 40)],
  ['uuid', types.wrap_uuid(Buffer.alloc(16, 7))],
  ['symbol', types.wrap_symbol('s')],
  ['binary', types.wrap_binary(Buffer.from([0, 255, 0]))],
  ['timestamp', types.wrap_timestamp(1_700_000_000_000)],
  ['short', types.wrap_short(-3)],
  ['float', types.wrap_float(1.5)],
];

/** A message as `rhea` writes it, with every type there is among its properties. */
const sample = (more: Record<string, unknown> = {}): Buffer =>
  Buffer.from(
    codec.encode({
      durable: true,
      ttl: 5000,
      message_annotations: { 'x-opt-partition-key': 'key', 'x-own': types.wrap_long(3) },
      message_id: 'id',
      subject: 'subject',
      application_properties: Object.fromEntries(typed),
      body: codec.data_section(Buffer.from('body')),
      footer: { checksum: 'abc' },
      ...more,
    }),
  );

const noId = (): string => {
  throw new Error('The message has an id.');
};
const facts = {
  ttlMs: Number.POSITIVE_INFINITY,
  deliveryCount: 0,
  enqueuedAtMs: 1_700_000_000_000,
  sequenceNumber: 9,
  state: 'active',
  lockedUntilMs: 1_700_000_060_000,
} as const;

/** The sections that belong to the sender alone. */
const bareOf = (message: Buffer): Buffer =>
  Buffer.concat(
    sectionsOf(message)
      .filter(({ code }) => code >= sectionCode.properties && code <= sectionCode.value)
      .map(({ bytes }) => bytes),
  );

describe('AMQP values', () => {
  it('end where another implementation ends them', () => {
    fc.assert(
      fc.property(fc.array(scalar), properties, (list, map) => {
        for (const value of [types.wrap_list(list), types.wrap_map(map)]) {
          const bytes = encode(value);
          expect(valueEnd(Buffer.concat([bytes, Buffer.from([0x40])]), 0)).toBe(bytes.length);
        }
      }),
    );
  });

  it('are read as another implementation wrote them', () => {
    fc.assert(
      fc.property(properties, (map) => {
        const expected = Object.entries(map);
        const decoded = decodeValue(encode(types.wrap_map(map)), 0);
        expect(decoded instanceof Map ? [...decoded] : decoded).toEqual(expected);
      }),
    );
  });

  it.each([
    ['a type there is none of', '3f'],
    ['a string that ends too early', 'a105616263'],
    ['a list that ends too early', 'd000000010000000025401'],
    ['nothing', ''],
  ])('throw for %s', (_name, hex) => {
    expect(() => valueEnd(Buffer.from(hex, 'hex'), 0)).toThrow();
  });
});

describe('a message', () => {
  it('is delivered with its bare message byte for byte', () => {
    fc.assert(
      fc.property(properties, fc.uint8Array({ maxLength: 600 }), (map, body) => {
        const sent = sample({ application_properties: map, body: codec.data_section(Buffer.from(body)) });
        const delivered = toDelivered(readMessage(sent, noId).parts, facts);
        expect(bareOf(delivered).equals(bareOf(sent))).toBe(true);
      }),
    );
  });

  it('keeps the types of all its values', () => {
    const delivered = toDelivered(readMessage(sample(), noId).parts, facts);
    expect(bareOf(delivered).equals(bareOf(sample()))).toBe(true);
  });

  it('can be read by another implementation after delivery', () => {
    const { parts } = readMessage(sample(), noId);
    expect(codec.decode(toDelivered(parts, { ...facts, ttlMs: 5000, deliveryCount: 2 }))).toMatchObject({
      durable: true,
      ttl: 5000,
      delivery_count: 2,
      message_annotations: {
        'x-opt-partition-key': 'key',
        'x-own': 3,
        'x-opt-sequence-number': 9,
        'x-opt-message-state': 0,
      },
      message_id: 'id',
      footer: { checksum: 'abc' },
    });
  });

  it('cannot set what the broker says of it', () => {
    const sent = sample({ message_annotations: { 'x-opt-sequence-number': types.wrap_long(77), mine: 1 } });
    const delivered = codec.decode(toDelivered(readMessage(sent, noId).parts, facts));
    expect(delivered).toMatchObject({ message_annotations: { 'x-opt-sequence-number': 9, mine: 1 } });
  });

  it('is the same after it was stored', () => {
    const { parts, id } = readMessage(sample(), noId);
    const restored = fromStored(toStored(parts));
    expect(restored.id).toBe(id);
    expect(toDelivered(restored.parts, facts).equals(toDelivered(parts, facts))).toBe(true);
  });

  it('without an id gets one and keeps its other properties', () => {
    const { parts, id } = readMessage(sample({ message_id: undefined }), () => 'given');
    expect(id).toBe('string:given');
    expect(codec.decode(toDelivered(parts, facts))).toMatchObject({
      message_id: 'given',
      subject: 'subject',
    });
  });

  it('changes only the application properties it is told to change', () => {
    const { parts } = readMessage(sample(), noId);
    const changes = new Map([
      ['long', encodeInt(1)],
      ['new', encodeInt(2)],
    ]);
    const changed = {
      ...parts,
      applicationProperties: changeProperties(parts.applicationProperties, changes),
    };
    const propertiesOf = (bytes: Buffer): object => codec.decode(bytes)['application_properties'] as object;
    expect(propertiesOf(toDelivered(changed, facts))).toEqual({ ...propertiesOf(sample()), long: 1, new: 2 });
    expect(changeProperties(parts.applicationProperties, new Map())).toBe(parts.applicationProperties);
  });

  it('keeps all sections of its body', () => {
    const sent = sample({ body: codec.data_sections([Buffer.from('one'), Buffer.from('two')]) });
    const { parts } = readMessage(sent, noId);
    expect(bareOf(toDelivered(parts, facts)).equals(bareOf(sent))).toBe(true);
  });

  it('comes out of a batch as it went in', () => {
    const messages = [sample(), sample({ message_id: 'second' }), sample({ message_id: 3 })];
    const envelope = Buffer.from(codec.encode({ body: codec.data_sections(messages) }));
    expect(messagesOf(batchFormat, envelope).map((bytes) => bytes.toString('hex'))).toEqual(
      messages.map((bytes) => bytes.toString('hex')),
    );
    expect(messagesOf(0, envelope)).toEqual([envelope]);
  });

  it('that is no message is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (bytes) => {
        // Random bytes hardly ever make a message; whatever they are, reading ends.
        try {
          sectionsOf(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
    expect(() => sectionsOf(Buffer.from('no message at all'))).toThrow();
  });
});
