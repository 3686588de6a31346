import { readAnnotations, noAnnotations } from './annotations.ts';
import { encodeLong, encodeString, encodeSymbol, encodeTimestamp } from './encode.ts';
import { annotationsSection, joinSections } from './messageParts.ts';
import { sectionCode, sectionsOf } from './sections.ts';

/** What the service adds to an event (AMQP protocol guide of Event Hubs, message annotations). */
export interface EventFacts {
  readonly sequenceNumber: number;
  readonly offset: number;
  readonly enqueuedAtMs: number;
}

const key = {
  sequenceNumber: encodeSymbol('x-opt-sequence-number'),
  offset: encodeSymbol('x-opt-offset'),
  enqueuedTime: encodeSymbol('x-opt-enqueued-time'),
};

/** Header and delivery annotations of the sender end with his link. */
const kept = new Set<number>([
  ...[sectionCode.properties, sectionCode.applicationProperties, sectionCode.data],
  ...[sectionCode.sequence, sectionCode.value, sectionCode.footer],
]);

/** The message a receiver gets of an event: annotations are added, all else stays byte for byte. */
export const toDeliveredEvent = (sent: Buffer, facts: EventFacts): Buffer => {
  const sections = sectionsOf(sent);
  const annotations = sections.find(({ code }) => code === sectionCode.messageAnnotations);
  const own =
    annotations === undefined ? noAnnotations : readAnnotations(annotations.bytes, annotations.valueAt);
  return joinSections([
    annotationsSection(own, [
      key.sequenceNumber,
      encodeLong(facts.sequenceNumber),
      key.offset,
      encodeString(`${facts.offset}`),
      key.enqueuedTime,
      encodeTimestamp(facts.enqueuedAtMs),
    ]),
    ...sections.filter(({ code }) => kept.has(code)).map(({ bytes }) => bytes),
  ]);
};
