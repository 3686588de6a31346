import type { WebSocket } from 'ws';
import { sendFramed } from '../protocol/frames.ts';
import type { RelayedResponse, ToListener } from '../protocol/messages.ts';
import type { Exchange, Outcome } from './exchange.ts';

/** A WebSocket that carries requests to a listener and answers back: a control channel or a rendezvous. */
export interface Carrier {
  /** Requests whose answer is expected here. */
  readonly waiting: number;
  /** Sends the request; `address` is where the listener may answer instead. */
  send(exchange: Exchange, address?: string): void;
  /** Tells the listener where to fetch the request. */
  sendAddress(exchange: Exchange, address: string): void;
  /** The answer will come here. */
  expect(exchange: Exchange): void;
  /** The answer is no longer expected here. */
  forget(exchange: Exchange): void;
  /** An answer has come; one that nobody waits for (any more) is dropped. */
  settle(response: RelayedResponse, body: Buffer | undefined): void;
  /** Ends everything that waits. */
  loseAll(outcome: Outcome): void;
}

export const createCarrier = (socket: WebSocket): Carrier => {
  const waiting = new Map<string, Exchange>();
  const expect = (exchange: Exchange): void => {
    waiting.set(exchange.id, exchange);
    void exchange.outcome.then(() => waiting.delete(exchange.id));
  };
  const tell = (message: ToListener, body: Buffer | undefined): void => sendFramed(socket, message, body);
  return {
    get waiting() {
      return waiting.size;
    },
    send: (exchange, address) => {
      expect(exchange);
      const { id, request, body } = exchange;
      tell({ request: { ...(address !== undefined && { address }), id, ...request } }, body);
    },
    sendAddress: (exchange, address) => {
      expect(exchange);
      tell({ request: { address, id: exchange.id } }, undefined);
    },
    expect,
    forget: ({ id }) => void waiting.delete(id),
    settle: (response, body) => {
      waiting.get(response.requestId)?.settle({ kind: 'answered', response, body });
    },
    loseAll: (outcome) => {
      for (const exchange of waiting.values()) exchange.settle(outcome);
    },
  };
};
