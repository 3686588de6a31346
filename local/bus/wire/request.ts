import { decodeText, decodeValue, type AmqpValue } from './decode.ts';
import { encodeNull } from './encode.ts';
import { itemsOf } from './layout.ts';
import { sectionCode, sectionsOf, type Section } from './sections.ts';

/** Encoded values by name. */
export type EncodedMap = ReadonlyMap<string, Buffer>;

/** A request to `$cbs` or `$management` (AMQP request/response operations of Service Bus). */
export interface AmqpRequest {
  /** As encoded; the answer carries it as its correlation id. */
  readonly messageId: Buffer;
  readonly replyTo: string | undefined;
  /** Application properties. */
  readonly properties: EncodedMap;
  /** The amqp-value of the body, as encoded. */
  readonly body: Buffer | undefined;
}

/** Positions in the properties list (AMQP 1.0 part 3, "Properties"). */
const messageIdAt = 0;
const replyToAt = 4;

const emptyMap: EncodedMap = new Map();

/**
 * The entries of an encoded map whose keys are strings or symbols.
 *
 * @throws Error when it is no such map.
 */
export const readMap = (bytes: Buffer, start: number): EncodedMap => {
  const entries = new Map<string, Buffer>();
  const items = itemsOf(bytes, start);
  for (let index = 0; index + 1 < items.length; index += 2) {
    const [key, value] = [items[index], items[index + 1]];
    if (key !== undefined && value !== undefined) entries.set(decodeText(key, 0), value);
  }
  return entries;
};

/** The decoded value of an entry; null when it is not there. */
export const valueIn = (map: EncodedMap, name: string): AmqpValue => {
  const value = map.get(name);
  return value === undefined ? null : decodeValue(value, 0);
};

const propertyAt = (properties: Section | undefined, position: number): Buffer =>
  (properties === undefined ? [] : itemsOf(properties.bytes, properties.valueAt))[position] ?? encodeNull();

/** @throws Error when the bytes are no AMQP message. */
export const readRequest = (message: Buffer): AmqpRequest => {
  const sections = sectionsOf(message);
  const find = (code: number): Section | undefined => sections.find((section) => section.code === code);
  const properties = find(sectionCode.properties);
  const application = find(sectionCode.applicationProperties);
  const body = find(sectionCode.value);
  const replyTo = decodeValue(propertyAt(properties, replyToAt), 0);
  return {
    messageId: propertyAt(properties, messageIdAt),
    replyTo: typeof replyTo === 'string' ? replyTo : undefined,
    properties: application === undefined ? emptyMap : readMap(application.bytes, application.valueAt),
    body: body?.bytes.subarray(body.valueAt),
  };
};
