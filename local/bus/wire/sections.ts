import { decodeValue } from './decode.ts';
import { afterDescriptor, valueEnd } from './layout.ts';

/** Descriptor codes of message sections (AMQP 1.0 part 3, "Message format"). */
export const sectionCode = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
  sequence: 0x76,
  value: 0x77,
  footer: 0x78,
} as const;

const symbolicNames: Readonly<Record<string, number>> = {
  'amqp:header:list': sectionCode.header,
  'amqp:delivery-annotations:map': sectionCode.deliveryAnnotations,
  'amqp:message-annotations:map': sectionCode.messageAnnotations,
  'amqp:properties:list': sectionCode.properties,
  'amqp:application-properties:map': sectionCode.applicationProperties,
  'amqp:data:binary': sectionCode.data,
  'amqp:amqp-sequence:list': sectionCode.sequence,
  'amqp:amqp-value:*': sectionCode.value,
  'amqp:footer:map': sectionCode.footer,
};

/** One section of a message: `bytes` is the whole of it, its value starts at `valueAt`. */
export interface Section {
  readonly code: number;
  readonly bytes: Buffer;
  readonly valueAt: number;
}

const codeOf = (bytes: Buffer, start: number): number => {
  if (bytes.readUInt8(start) !== 0) throw new Error('A message section has no descriptor.');
  if (bytes.readUInt8(start + 1) === 0x53) return bytes.readUInt8(start + 2);
  const descriptor = decodeValue(bytes, start + 1);
  const code = typeof descriptor === 'string' ? symbolicNames[descriptor] : descriptor;
  if (typeof code !== 'number') throw new Error('A descriptor names no message section.');
  return code;
};

/**
 * Cuts an encoded message into its sections; the parts share the memory of `message`.
 *
 * @throws Error when the bytes are no AMQP message.
 */
export const sectionsOf = (message: Buffer): Section[] => {
  const sections: Section[] = [];
  for (let start = 0; start < message.length;) {
    const end = valueEnd(message, start);
    const valueAt = afterDescriptor(message, start) - start;
    sections.push({ code: codeOf(message, start), bytes: message.subarray(start, end), valueAt });
    start = end;
  }
  return sections;
};
