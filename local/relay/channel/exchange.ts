import { randomUUID } from 'node:crypto';
import type { RelayedRequest, RelayedResponse } from '../protocol/messages.ts';

/** How the wait for an answer ended. */
export type Outcome =
  | { readonly kind: 'answered'; readonly response: RelayedResponse; readonly body: Buffer | undefined }
  /** The listener's control channel ended before it had answered. */
  | { readonly kind: 'listenerLost' }
  /** The listener closed the rendezvous of this sender. */
  | { readonly kind: 'rendezvousClosed' }
  /** The time limit has passed. */
  | { readonly kind: 'late' }
  /** The sender has gone: nobody waits any more. */
  | { readonly kind: 'senderGone' };

/** One request on its way to a listener and back. */
export interface Exchange {
  readonly id: string;
  readonly request: Omit<RelayedRequest, 'address' | 'id'>;
  readonly body: Buffer | undefined;
  readonly outcome: Promise<Outcome>;
  /** The first one counts; others are dropped. */
  readonly settle: (outcome: Outcome) => void;
}

export const createExchange = (
  request: Omit<RelayedRequest, 'address' | 'id' | 'body'>,
  body: Buffer,
): Exchange => {
  let settle: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => (settle = resolve));
  const hasBody = body.length > 0;
  return {
    id: randomUUID(),
    request: { ...request, body: hasBody },
    body: hasBody ? body : undefined,
    outcome,
    settle: (how) => settle(how),
  };
};
