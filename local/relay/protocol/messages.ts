/** The JSON messages of a control channel or a rendezvous, each in a text frame of its own ("Protocol reference"). */

/** Values of a header that came more than once are joined by a comma in what the relay sends. */
export type MessageHeaders = Readonly<Record<string, string>>;

/** A sender's request on its way to a listener. */
export interface RelayedRequest {
  /** URL of the rendezvous; absent on a rendezvous itself. */
  readonly address?: string;
  readonly id: string;
  /** Path with query, without the parameters that are meant for the relay. */
  readonly requestTarget: string;
  readonly method: string;
  readonly requestHeaders: MessageHeaders;
  /** Whether a binary message with the body follows. */
  readonly body: boolean;
}

/** Tells a listener to fetch a request that is too large for the control channel. */
export interface RequestAddress {
  readonly address: string;
  readonly id: string;
}

/** A listener's answer. */
export interface RelayedResponse {
  readonly requestId: string;
  /** The example of the documentation has it as text, its description as a number: both are taken. */
  readonly statusCode: number | string;
  readonly statusDescription?: string;
  readonly responseHeaders?: Readonly<Record<string, string | readonly string[]>>;
  /** Whether a binary message with the body follows; absent: none does. */
  readonly body?: boolean;
}

/** What the relay sends to a listener. */
export interface ToListener {
  readonly request: RelayedRequest | RequestAddress;
}

/** What a listener sends to the relay. */
export type ToRelay =
  { readonly response: RelayedResponse } | { readonly renewToken: { readonly token: string } };

/** Whether the request itself is in the message, and not only where to fetch it. */
export const isWhole = (request: RelayedRequest | RequestAddress): request is RelayedRequest =>
  'method' in request;
