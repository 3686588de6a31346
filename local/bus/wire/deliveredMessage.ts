import { encodeBrokerAnnotations, type BrokerAnnotations } from './annotations.ts';
import { encodeBoolean, encodeList, encodeNull, encodeSection, encodeUbyte, encodeUint } from './encode.ts';
import { annotationsSection, joinSections, type MessageParts } from './messageParts.ts';
import { sectionCode } from './sections.ts';

/** What the header and annotations of a delivered message say; all else is as the sender wrote it. */
export interface DeliveryFacts extends BrokerAnnotations {
  /** Infinity for a message that never expires. */
  readonly ttlMs: number;
  /** Failed deliveries before this one: 0 the first time. */
  readonly deliveryCount: number;
}

/** The largest time to live a header can hold. */
const longestTtlMs = 2 ** 32 - 1;

const header = (parts: MessageParts, facts: DeliveryFacts): Buffer =>
  encodeSection(
    sectionCode.header,
    encodeList([
      encodeBoolean(parts.durable),
      encodeUbyte(parts.priority),
      Number.isFinite(facts.ttlMs) ? encodeUint(Math.min(facts.ttlMs, longestTtlMs)) : encodeNull(),
      encodeBoolean(facts.deliveryCount === 0),
      encodeUint(facts.deliveryCount),
    ]),
  );

/** The message a receiver gets. */
export const toDelivered = (parts: MessageParts, facts: DeliveryFacts): Buffer =>
  joinSections([
    header(parts, facts),
    annotationsSection(parts.annotations, encodeBrokerAnnotations(facts)),
    parts.properties,
    parts.applicationProperties,
    parts.body,
    parts.footer,
  ]);
