/** What the program prints, as one line of JSON, when clients may come. */
export interface ReadyLine {
  readonly event: 'ready';
  readonly port: number;
  readonly connectionString: string;
  /** Of the same namespace, for clients of Event Hubs; without `EntityPath`. */
  readonly eventHubsConnectionString: string;
  /** For `controlBus`. */
  readonly controlUrl: string;
}
