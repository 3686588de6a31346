import rhea from 'rhea';
import type { Socket } from 'node:net';
import type { Refusal } from '../broker/refusal.ts';

/**
 * The part of rhea the broker uses, with the types it has there. rhea's own declarations are written for clients:
 * they leave out what a server needs (terminus and modes of the peer, the windows of a session) and are `any` else.
 */

/** An encoded value with its type; rhea decodes frames into these. */
export interface RheaTyped {
  readonly value: unknown;
}

/** A terminal state as the peer sent it. */
export interface RheaOutcome {
  /** Fields in the order of the specification (AMQP 1.0 part 3, "Delivery state"). */
  readonly value: readonly (RheaTyped | undefined)[];
}

export interface RheaDelivery {
  readonly id: number;
  remote_settled: boolean;
  settled: boolean;
  readonly remote_state: RheaOutcome | undefined;
  update(settled: boolean, state?: unknown): void;
}

interface EndpointState {
  local_open: boolean;
  open_requests: number;
}

export interface RheaSession {
  readonly outgoing: { readonly next_pending_delivery: number; available(): number };
  close(error?: Refusal): void;
}

interface RheaTerminus {
  readonly address?: string | null;
  readonly filter?: Readonly<Record<string, unknown>> | null;
}

interface RheaContext {
  readonly connection: RheaConnection;
  readonly session?: RheaSession;
  readonly sender?: RheaSender;
  readonly receiver?: RheaReceiver;
  readonly delivery: RheaDelivery;
  /** Raw bytes: see `openConnection`. */
  readonly message: Buffer;
  readonly format: number;
}

type Listener = (context: RheaContext) => void;

interface RheaLink {
  readonly name: string;
  readonly source: RheaTerminus | null | undefined;
  readonly target: RheaTerminus | null | undefined;
  /** What the peer says of the link, by name. */
  readonly properties: Readonly<Record<string, unknown>> | null | undefined;
  readonly desired_capabilities: string | readonly string[] | null | undefined;
  readonly snd_settle_mode: number | undefined;
  readonly rcv_settle_mode: number | undefined;
  readonly local: {
    readonly attach: {
      snd_settle_mode?: number;
      rcv_settle_mode?: number;
      max_message_size?: number;
      properties?: Readonly<Record<string, unknown>>;
    };
  };
  readonly session: RheaSession;
  readonly connection: RheaConnection;
  readonly state: EndpointState;
  readonly credit: number;
  set_source(terminus: { address: string | undefined; filter?: Readonly<Record<string, unknown>> }): void;
  set_target(terminus: { address: string | undefined }): void;
  open(): void;
  close(error?: Refusal): void;
  is_open(): boolean;
  is_remote_open(): boolean;
  on(event: string, listener: Listener): void;
}

/** The broker's end of a link on which it sends. */
export interface RheaSender extends RheaLink {
  send(message: Buffer, tag: Buffer | undefined, format: number): RheaDelivery;
  set_drained(drained: boolean): void;
}

/** The broker's end of a link on which it receives. */
export interface RheaReceiver extends RheaLink {
  add_credit(credit: number): void;
}

interface RheaTransferFrame {
  readonly performative: { message_format: number | undefined };
}

export interface RheaConnection {
  readonly socket: Socket;
  readonly state: EndpointState;
  _process: () => void;
  _register(): void;
  on_transfer: (frame: RheaTransferFrame) => void;
  accept(socket: Socket): void;
  close(error?: Refusal): void;
  on(event: string, listener: Listener): void;
}

interface RheaContainer {
  readonly sasl_server_mechanisms: Record<string, unknown> & { enable_anonymous(): void };
  create_connection(options: Readonly<Record<string, unknown>>): RheaConnection;
  on(event: string, listener: (context: unknown) => void): void;
}

interface Described {
  described(): unknown;
}

interface RheaLibrary {
  create_container(options: { readonly id: string }): RheaContainer;
  readonly message: {
    accepted(): Described;
    released(): Described;
    rejected(fields: { readonly error: Refusal }): Described;
    modified(fields: { readonly delivery_failed: boolean }): Described;
  };
  readonly types: {
    wrap_long(bytes: Buffer): RheaTyped;
    Writer: new () => { write(value: RheaTyped): void; toBuffer(): Buffer };
  };
}

const library = rhea as unknown as RheaLibrary;

export const accepted: unknown = library.message.accepted().described();
export const released: unknown = library.message.released().described();
export const modified: unknown = library.message.modified({ delivery_failed: true }).described();
export const rejected = (error: Refusal): unknown => library.message.rejected({ error }).described();

/** A long from its eight bytes: numbers of JavaScript do not hold all of them. */
export const wrapLong = (bytes: Buffer): RheaTyped => library.types.wrap_long(bytes);

/** The bytes of a value, with the type the peer gave it. */
export const encodeTyped = (value: RheaTyped): Buffer => {
  const writer = new library.types.Writer();
  writer.write(value);
  return Buffer.from(writer.toBuffer());
};

/**
 * @param onProblem gets what a peer does against the protocol; the connection is closed by then.
 */
export const createContainer = (id: string, onProblem: (problem: unknown) => void): RheaContainer => {
  const container = library.create_container({ id });
  container.sasl_server_mechanisms.enable_anonymous();
  // What clients of other languages ask for when they authenticate over $cbs.
  container.sasl_server_mechanisms['MSSBCBS'] = container.sasl_server_mechanisms['ANONYMOUS'];
  for (const event of ['error', 'protocol_error']) container.on(event, onProblem);
  // Without a listener rhea prints or throws these; they are handled where the socket closes.
  for (const event of ['disconnected', 'connection_error', 'connection_close'])
    container.on(event, () => undefined);
  for (const event of ['session_error', 'session_close', 'sender_error', 'receiver_error']) {
    container.on(event, () => undefined);
  }
  return container;
};

export type { RheaContainer };
