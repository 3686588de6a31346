import { encodeBoolean, encodeList, encodeSection, encodeUbyte } from './encode.ts';
import { annotationsSection, joinSections, readMessage, type MessageParts } from './messageParts.ts';
import { sectionCode } from './sections.ts';

/** A message as it is written to disk; {@link fromStored} gives back the very same parts. */
export const toStored = (parts: MessageParts): Buffer =>
  joinSections([
    encodeSection(
      sectionCode.header,
      encodeList([encodeBoolean(parts.durable), encodeUbyte(parts.priority)]),
    ),
    annotationsSection(parts.annotations, []),
    parts.properties,
    parts.applicationProperties,
    parts.body,
    parts.footer,
  ]);

export const fromStored = (stored: Buffer): { parts: MessageParts; id: string } =>
  readMessage(stored, () => {
    throw new Error('A stored message has no id.');
  });
