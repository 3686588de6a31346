/** A message as any listener sees it, whatever brought it. */
export interface Arrival {
  readonly messageId: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Properties of the message, or headers of the request. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Listening {
  close(): Promise<void>;
}

export type OnArrival = (arrival: Arrival) => void;
