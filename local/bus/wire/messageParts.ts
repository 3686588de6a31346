import { readAnnotations, noAnnotations, type SenderAnnotations } from './annotations.ts';
import { decodeValue } from './decode.ts';
import { encodeMap, encodeSection } from './encode.ts';
import { identify } from './messageId.ts';
import { sectionCode, sectionsOf, type Section } from './sections.ts';

/**
 * A message as the broker keeps it: the bare message (properties, application properties, body) and the footer byte
 * for byte, of header and annotations what concerns the broker or belongs to the sender.
 */
export interface MessageParts {
  readonly durable: boolean;
  /** 0 to 9; 4 is AMQP's default. */
  readonly priority: number;
  readonly annotations: SenderAnnotations;
  readonly properties: Buffer;
  /** The whole section; undefined when the message has none. */
  readonly applicationProperties: Buffer | undefined;
  readonly body: Buffer;
  readonly footer: Buffer | undefined;
}

/** A message that was read but not yet accepted. */
export interface IncomingMessage {
  readonly parts: MessageParts;
  /** Of the message, with its type (see {@link identify}). */
  readonly id: string;
  /** From the header; the absolute expiry time is ignored on input, as Service Bus does. */
  readonly ttlMs: number | undefined;
  readonly scheduledAtMs: number | undefined;
  readonly sizeBytes: number;
}

const readHeader = (header: Section | undefined): [durable: boolean, priority: number, ttlMs?: number] => {
  const fields = header === undefined ? [] : decodeValue(header.bytes, header.valueAt);
  if (!Array.isArray(fields)) throw new Error('The header of a message is no list.');
  const [durable, priority, ttlMs] = fields;
  const start: [boolean, number] = [durable === true, typeof priority === 'number' ? priority : 4];
  return typeof ttlMs === 'number' ? [...start, ttlMs] : start;
};

const isBody = (section: Section): boolean =>
  section.code >= sectionCode.data && section.code <= sectionCode.value;

/** Body sections follow one another, so that one slice holds them all. */
const bodyOf = (message: Buffer, sections: readonly Section[]): Buffer => {
  const body = sections.filter(isBody);
  const [first] = body;
  if (first === undefined) return message.subarray(0, 0);
  if (body.length === 1) return first.bytes;
  const start = first.bytes.byteOffset - message.byteOffset;
  return message.subarray(start, start + body.reduce((length, section) => length + section.bytes.length, 0));
};

/**
 * Reads an encoded message. The parts share the memory of `message`.
 *
 * @throws Error when the bytes are no AMQP message.
 */
export const readMessage = (message: Buffer, newId: () => string): IncomingMessage => {
  const sections = sectionsOf(message);
  const find = (code: number): Section | undefined => sections.find((section) => section.code === code);
  const [durable, priority, ttlMs] = readHeader(find(sectionCode.header));
  const sent = find(sectionCode.messageAnnotations);
  const annotations = sent === undefined ? noAnnotations : readAnnotations(sent.bytes, sent.valueAt);
  const { properties, id } = identify(find(sectionCode.properties), newId);
  return {
    parts: {
      durable,
      priority,
      annotations,
      properties,
      applicationProperties: find(sectionCode.applicationProperties)?.bytes,
      body: bodyOf(message, sections),
      footer: find(sectionCode.footer)?.bytes,
    },
    id,
    ttlMs,
    scheduledAtMs: annotations.scheduledAtMs,
    sizeBytes: message.length,
  };
};

/** Puts sections together that may be absent. */
export const joinSections = (sections: readonly (Buffer | undefined)[]): Buffer =>
  Buffer.concat(sections.filter((section) => section !== undefined));

/** The sender's annotations as a section, together with `more` keys and values in turn. */
export const annotationsSection = (
  sender: SenderAnnotations,
  more: readonly Buffer[],
): Buffer | undefined => {
  const items = more.length === 0 ? sender.items : [...more, ...sender.items];
  return items.length === 0 ? undefined : encodeSection(sectionCode.messageAnnotations, encodeMap(items));
};
