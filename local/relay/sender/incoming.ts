import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOfTarget } from '../protocol/query.ts';
import type { SenderConnection } from './senderConnection.ts';

/** A sender's request, its body read. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly sender: SenderConnection;
  /** Path and query as they came. */
  readonly target: string;
  /** The path, decoded; empty when it cannot be decoded, which no relay is called. */
  readonly path: string;
  readonly body: Buffer;
}

/** Undefined when the sender went away before it had sent everything. */
export const readIncoming = async (
  request: IncomingMessage,
  response: ServerResponse,
  sender: SenderConnection,
): Promise<Incoming | undefined> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  const target = request.url ?? '/';
  return { request, response, sender, target, path: pathOfTarget(target) ?? '', body: Buffer.concat(chunks) };
};
