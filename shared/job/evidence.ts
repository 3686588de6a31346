import type { Delivery } from '../delivery/delivery.ts';
import type { PropertyValue } from '../message/outgoingMessage.ts';

/** What one attempt sent, or tried to send, and what came back: enough to prove it to the owner of the receiver. */
export interface Evidence {
  readonly messageId: string;
  /** SHA-256 of the message's body, lower-case hex. Of a SOAP envelope, the context inside it. */
  readonly sha256: string;
  /** Length of that body. */
  readonly bytes: number;
  readonly contentType: string;
  /** How the app signed in; no secret. */
  readonly identity: string;
  /** The receiver's own words, shortened; undefined when no answer came. */
  readonly brokerAnswer: string | undefined;
  /**
   * Application properties as they were sent; of a relay, the headers that stand for them. Undefined when they had to
   * make room on the row.
   */
  readonly properties: Properties | undefined;
}

export type Properties = Readonly<Record<string, PropertyValue>>;

/** What an attempt sends, known before it does. */
export type SentMessage = Omit<Evidence, 'brokerAnswer'>;

export const evidenceOf = (sent: SentMessage, { brokerAnswer }: Delivery): Evidence => ({
  ...sent,
  brokerAnswer,
});
