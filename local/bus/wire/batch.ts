import { decodeValue } from './decode.ts';
import { sectionCode, sectionsOf } from './sections.ts';

/** Message format of a batch: an envelope whose data sections each hold a whole encoded message. */
export const batchFormat = 0x80013700;

/**
 * The encoded messages of one transfer: the transfer itself, or what the envelope of a batch holds. Properties and
 * annotations of the envelope repeat those of its first message and are not looked at.
 *
 * @throws Error when the bytes are no AMQP message.
 */
export const messagesOf = (format: number, transfer: Buffer): Buffer[] => {
  if (format !== batchFormat) return [transfer];
  const messages: Buffer[] = [];
  for (const section of sectionsOf(transfer)) {
    if (section.code !== sectionCode.data) continue;
    const message = decodeValue(section.bytes, section.valueAt);
    if (Buffer.isBuffer(message)) messages.push(message);
  }
  return messages;
};
