/** A message ready for a broker. */
export interface OutgoingMessage {
  /** The job's id, on every attempt: duplicate detection makes at-least-once effectively once. */
  readonly messageId: string;
  readonly correlationId: string | undefined;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly applicationProperties: Readonly<Record<string, string | boolean>>;
}
