/** A request that has come through the relay. */
export interface RelayRequest {
  readonly id: string;
  readonly method: string;
  /** Path below the namespace, with query. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there is none. */
  readonly body: Buffer;
}

export interface RelayAnswer {
  /** 200 when absent. The relay takes no 502 and no 504 from a listener. */
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface ListenOptions {
  /** Of a key with the right to listen. */
  readonly connectionString: string;
  /** Name of the relay. */
  readonly path: string;
  /** Answers a request; many may run at a time. When it throws, the sender gets status 500 with the error's message. */
  readonly onRequest: (request: RelayRequest) => RelayAnswer | Promise<RelayAnswer>;
  /** How long a token is good; an hour when absent. It is renewed when four fifths have passed. */
  readonly tokenLifeMs?: number;
  /** How often the relay is asked whether it is still there; 30,000 when absent. */
  readonly pingEveryMs?: number;
  /** Wait before the first try to reconnect; 100 when absent. It doubles from try to try, up to 5,000. */
  readonly reconnectAfterMs?: number;
  /** Gets a line whenever the connection changes or something fails; dropped when absent. */
  readonly log?: (line: string) => void;
}
