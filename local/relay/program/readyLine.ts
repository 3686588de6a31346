/** What the program prints, as one line of JSON, when senders and listeners may come. */
export interface ReadyLine {
  readonly event: 'ready';
  readonly port: number;
  readonly relayConnectionString: string;
  /** For `controlRelay`. */
  readonly controlUrl: string;
}
